using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline;

/// <summary>What the pipeline logs; event ids from 1000.</summary>
static partial class PipelineLog
{
    [LoggerMessage(
        1000, LogLevel.Information, "Run {RunId} of {Recommender} starts: job {JobPath}, as of {AsOf:u}, asked for by {Trigger}")]
    public static partial void RunStarted(
        ILogger logger, long runId, string recommender, string jobPath, DateTimeOffset asOf, string trigger);

    [LoggerMessage(1001, LogLevel.Information, "{Stage} {Result}: {Rows} {Unit} in {Seconds:0.00} s; {Note}")]
    public static partial void StageFinished(
        ILogger logger, StageName stage, StageResult result, long rows, string unit, double seconds, string note);

    [LoggerMessage(1002, LogLevel.Information, "Run {RunId} of {Recommender} ended {State}: {Message}")]
    public static partial void RunFinished(ILogger logger, long runId, string recommender, RunState state, string message);

    [LoggerMessage(1003, LogLevel.Error, "Run {RunId} of {Recommender} ended {State}: {Message}")]
    public static partial void RunFailed(ILogger logger, Exception? error, long runId, string recommender, RunState state, string message);

    [LoggerMessage(1004, LogLevel.Warning, "An artifact cannot be used: {Damage}")]
    public static partial void ArtifactDamaged(ILogger logger, string damage);

    [LoggerMessage(
        1016, LogLevel.Warning, "{Recommender}: the rows that were read could not be kept, so the next run reads them again: {Reason}")]
    public static partial void RowsNotStored(ILogger logger, string recommender, string reason);

    [LoggerMessage(1005, LogLevel.Information, "Resuming as of {AsOf:u}: the last run of {JobPath} did not end well")]
    public static partial void Resuming(ILogger logger, DateTimeOffset asOf, string jobPath);

    [LoggerMessage(1007, LogLevel.Warning, "{Recommender}: {Message}")]
    public static partial void RunSkipped(ILogger logger, string recommender, string message);

    [LoggerMessage(1008, LogLevel.Information, "{Count} old releases of {Recommender} were removed")]
    public static partial void ReleasesRemoved(ILogger logger, string recommender, int count);

    [LoggerMessage(
        1009, LogLevel.Warning, "Old artifacts or releases of {Recommender} could not be removed and are left for the next run: {Reason}")]
    public static partial void HousekeepingFailed(ILogger logger, string recommender, string reason);

    [LoggerMessage(1014, LogLevel.Warning, "The ledger could not be told how run {RunId} ended and will call it lost: {Reason}")]
    public static partial void OutcomeLost(ILogger logger, long runId, string reason);

    [LoggerMessage(
        1015,
        LogLevel.Warning,
        "The ledger keeps that run {RunId} was given up as lost: it ended {State}, but only after its lease ran out")]
    public static partial void EndedTooLate(ILogger logger, long runId, RunState state);

    [LoggerMessage(1031, LogLevel.Information, "{Job} {Message}")]
    public static partial void Pruned(ILogger logger, string job, string message);

    [LoggerMessage(1010, LogLevel.Warning, "The ledger could not be told how {Stage} ended: {Reason}")]
    public static partial void StageEndLost(ILogger logger, StageName stage, string reason);

    [LoggerMessage(1011, LogLevel.Warning, "The lock of {Recommender} could not be looked at and is asked for again: {Reason}")]
    public static partial void LockNotRenewed(ILogger logger, string recommender, string reason);

    [LoggerMessage(1012, LogLevel.Warning, "The lock of {Recommender} could not be given back and runs out by itself: {Reason}")]
    public static partial void LockKept(ILogger logger, string recommender, string reason);

    [LoggerMessage(
        1020, LogLevel.Information, "{Count} user(s) were forgotten while the run was under way and are not in release {ReleaseId}")]
    public static partial void ForgottenLate(ILogger logger, int count, long releaseId);

    [LoggerMessage(1021, LogLevel.Information, "{Recommender}: {Count} artifact(s) were removed because somebody was forgotten since")]
    public static partial void ArtifactsForgotten(ILogger logger, string recommender, int count);

    [LoggerMessage(1050, LogLevel.Warning, "The rejected rows of {Recommender} could not be kept in the quarantine: {Reason}")]
    public static partial void RejectedRowsLost(ILogger logger, string recommender, string reason);

    [LoggerMessage(1013, LogLevel.Warning, "{Recommender}: {RequestedBy} asked the run to end")]
    public static partial void CancelRequested(ILogger logger, string recommender, string requestedBy);

    [LoggerMessage(1030, LogLevel.Information, "{Recommender} needs about {Needed} of {What}; there are {Available} ({Where})")]
    public static partial void Needs(ILogger logger, string recommender, ByteSize needed, string what, ByteSize available, string where);

    [LoggerMessage(1068, LogLevel.Warning, "{Recommender}: {Note}")]
    public static partial void ChampionLost(ILogger logger, string recommender, string note);

    [LoggerMessage(1006, LogLevel.Warning, "Guard {Rule} refuses: {Message}")]
    public static partial void GuardRefused(ILogger logger, string rule, string message);

    [LoggerMessage(1060, LogLevel.Information, "{Recommender}: release {ReleaseId} did for {Users} users: {Figures}")]
    public static partial void Scored(ILogger logger, string recommender, long releaseId, int users, string figures);

    [LoggerMessage(
        1061,
        LogLevel.Information,
        "{Recommender}: release {ReleaseId} is not scored yet: since {Since:u} fewer than two users took {What}")]
    public static partial void NothingToScore(ILogger logger, string recommender, long releaseId, DateTimeOffset since, string what);

    [LoggerMessage(1062, LogLevel.Warning, "{Recommender}: the served lists could not be scored tonight; the run goes on: {Reason}")]
    public static partial void NotScored(ILogger logger, string recommender, string reason);

    [LoggerMessage(
        1063, LogLevel.Warning, "{Recommender}: the served lists did worse than recent popularity in the last {Nights} night(s)")]
    public static partial void WorseThanRecent(ILogger logger, string recommender, int nights);

    [LoggerMessage(1064, LogLevel.Warning, "{Recommender}: {Share} of what users took was shown to them before, {Limit}")]
    public static partial void MuchRecommended(ILogger logger, string recommender, string share, string limit);

    [LoggerMessage(1065, LogLevel.Warning, "{Recommender}: the impressions could not be read, so nothing is said of them: {Reason}")]
    public static partial void ImpressionsLost(ILogger logger, string recommender, string reason);

    [LoggerMessage(1066, LogLevel.Warning, "{Recommender}: release {ReleaseId}: {Warning}")]
    public static partial void MonitorWarns(ILogger logger, string recommender, long releaseId, string warning);

    [LoggerMessage(
        1067, LogLevel.Warning, "{Recommender}: the figures of release {ReleaseId} could not be worked out; the run goes on: {Reason}")]
    public static partial void NotMonitored(ILogger logger, string recommender, long releaseId, string reason);
}
