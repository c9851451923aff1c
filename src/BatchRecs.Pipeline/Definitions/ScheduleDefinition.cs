using System.ComponentModel.DataAnnotations;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>When a job runs: one file under <c>schedules/</c>.</summary>
public sealed record ScheduleDefinition
{
    /// <summary>Gets the path of the job file, relative to the project root; a file may say its bare name instead.</summary>
    public required string Job { get; init; }

    /// <summary>Gets the cron expression: five fields as in Unix, or six with seconds first.</summary>
    public required string Cron { get; init; }

    /// <summary>Gets the IANA time zone of the cron expression.</summary>
    /// <value>The default is UTC.</value>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Gets a value indicating whether the schedule fires.</summary>
    /// <value>The default is true.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>Gets what happens to a fire time that was missed while nothing ran.</summary>
    /// <value>The default is <see cref="MisfirePolicy.FireOnce"/>.</value>
    public MisfirePolicy Misfire { get; init; } = MisfirePolicy.FireOnce;

    /// <summary>Gets how a failed run is repeated.</summary>
    public RetryOptions Retry { get; init; } = new();
}

/// <summary>What happens to fire times that were missed.</summary>
public enum MisfirePolicy
{
    /// <summary>One run at once, however many were missed.</summary>
    FireOnce,

    /// <summary>Nothing until the next fire time.</summary>
    Skip,
}

/// <summary>How a failed run is repeated. Configuration errors and refusals are never repeated.</summary>
public sealed record RetryOptions
{
    /// <summary>Gets how often a failed run is repeated.</summary>
    /// <value>The default is 2.</value>
    [Range(0, 20)]
    public int Attempts { get; init; } = 2;

    /// <summary>Gets the wait before a repetition.</summary>
    /// <value>The default is 10 minutes.</value>
    [DurationRange("1s", "1d")]
    public TimeSpan Delay { get; init; } = TimeSpan.FromMinutes(10);
}
