using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;
using Quartz;

namespace BatchRecs.Host.Scheduling;

/// <summary>Which failures are repeated, and when.</summary>
static class Repetition
{
    /// <summary>Returns the waits of a schedule as the scheduler reads them.</summary>
    public static RetryPolicy PolicyOf(RetryOptions retry) =>
        retry.Attempts == 0 ? RetryPolicy.None : RetryPolicy.Fixed(retry.Attempts, retry.Delay);

    /// <summary>Says whether a failed run may succeed when it is repeated with the same files and the same as-of.</summary>
    /// <returns>False for wrong files, unusable data and training that diverged: a repetition would do exactly the same again.</returns>
    public static bool IsWorthwhile(BatchRecsException exception) =>
        exception.ExitCode is not (ExitCodes.Configuration
            or ExitCodes.InputData
            or ExitCodes.TrainingDiverged
            or ExitCodes.Refused
            or ExitCodes.AlreadyRunning);
}
