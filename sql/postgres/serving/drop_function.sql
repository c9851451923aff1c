-- RecommenderRegistry.DropAsync: drops the function, which returns rows of a view.
drop function if exists {for}({userType}, integer, text)
