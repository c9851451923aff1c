namespace BatchRecs.SoakTests.Support;

/// <summary>How a disturbed run ended.</summary>
/// <param name="What">Its state, or the error that ended it.</param>
/// <param name="IsDone">True = no error ended it.</param>
/// <param name="IsBug">True = an error that has no exit code of its own ended it.</param>
sealed record RunEnded(string What, bool IsDone, bool IsBug);
