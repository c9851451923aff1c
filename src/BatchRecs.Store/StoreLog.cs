using Microsoft.Extensions.Logging;

namespace BatchRecs.Store;

/// <summary>What the store logs; event ids 2000 to 2999.</summary>
static partial class StoreLog
{
    [LoggerMessage(2000, LogLevel.Information, "Store {Store}: applied migration {Version} ({Name})")]
    public static partial void Migrated(ILogger logger, string store, int version, string name);

    [LoggerMessage(2010, LogLevel.Information, "{Recommender}: release {ReleaseId} is current, {Previous} before it")]
    public static partial void Published(ILogger logger, string recommender, long releaseId, long? previous);

    [LoggerMessage(2011, LogLevel.Warning, "Store {Store}: {What} did not succeed at attempt {Attempt} and is tried again: {Reason}")]
    public static partial void Retried(ILogger logger, string store, string what, int attempt, string reason);

    [LoggerMessage(2012, LogLevel.Information, "{Recommender}: release {ReleaseId} removed")]
    public static partial void Removed(ILogger logger, string recommender, long releaseId);

    [LoggerMessage(2013, LogLevel.Warning, "{Recommender}: release {ReleaseId} is still being read and is removed later: {Reason}")]
    public static partial void RemovalPutOff(ILogger logger, string recommender, long releaseId, string reason);

    [LoggerMessage(2050, LogLevel.Warning, "{Recommender}: its views cannot be read and are made anew: {Reason}")]
    public static partial void ViewsBroken(ILogger logger, string recommender, string reason);

    [LoggerMessage(
        2020, LogLevel.Warning, "{Recommender}: {Count} earlier run(s) ended or fell silent without a word and are marked lost")]
    public static partial void LostRuns(ILogger logger, string recommender, int count);

    [LoggerMessage(2030, LogLevel.Information, "{Recommender}: {Count} user(s) were forgotten; the receipts are in the store")]
    public static partial void Forgotten(ILogger logger, string recommender, int count);

    [LoggerMessage(
        2031, LogLevel.Warning, "{Recommender}: release {ReleaseId} could not be cleaned of a user and cannot be rolled back to: {Reason}")]
    public static partial void ReleaseGivenUp(ILogger logger, string recommender, long releaseId, string reason);

    [LoggerMessage(2032, LogLevel.Warning, "{Recommender}: the space of removed rows could not be given back: {Reason}")]
    public static partial void NotCompacted(ILogger logger, string recommender, string reason);
}
