-- ReleasePublisher: removes a release's rows of one kind, at once.
drop table if exists {table}
