-- ReleaseWriter.CompleteAsync: indexes and analyses a loaded table and attaches it as the partition of its release.
select cast({sealTable}(@parent, @child, @releaseId, string_to_array(@key, ',')) as text)
