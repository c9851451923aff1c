-- ReleaseWriter.CompleteAsync: gathers statistics of a table that has grown.
analyze {parent}
