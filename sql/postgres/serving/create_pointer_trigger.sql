-- RecommenderSetup: whoever moves the pointer, a run or a person, the release is looked at and the releases say what became of them.
create or replace trigger move_pointer before update of release_id on {pointer}
for each row execute function {movePointer}({recommenderText})
