namespace BatchRecs.Store.Extract;

/// <summary>Which rows of a source are stored, and so need not be read.</summary>
/// <param name="After">They are later than this, in microseconds since 1970-01-01 UTC.</param>
/// <param name="Until">They are not later than this, in microseconds since 1970-01-01 UTC.</param>
/// <param name="Cut">Their watermark is not after this.</param>
sealed record StoredRegion(long After, long Until, long Cut);
