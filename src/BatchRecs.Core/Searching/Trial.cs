using System.Text.Json.Serialization;

namespace BatchRecs.Core.Searching;

/// <summary>One setting that was tried, as it is kept: plain data, ready for JSON.</summary>
/// <param name="Number">From 0, which is the setting that holds now.</param>
/// <param name="Values">One value per dimension; null = what holds now.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Probe">Mean score of the short form; null where there is none.</param>
/// <param name="Score">Mean score in full; null where the trial did not come that far.</param>
/// <param name="ElapsedMs">How long it took, in milliseconds.</param>
/// <param name="Note">Why it was stopped or failed; empty otherwise.</param>
public sealed record Trial(
    int Number, IReadOnlyList<double?> Values, TrialOutcome Outcome, double? Probe, double? Score, long ElapsedMs, string Note = "");

/// <summary>How a trial ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrialOutcome>))]
public enum TrialOutcome
{
    /// <summary>Measured in full.</summary>
    [JsonStringEnumMemberName("measured")]
    Measured,

    /// <summary>Its short form was significantly worse than that of the best, so the rest was spared.</summary>
    [JsonStringEnumMemberName("stopped")]
    Stopped,

    /// <summary>Nothing could be made with this setting.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>How thoroughly a setting is measured.</summary>
public enum Effort
{
    /// <summary>Briefly: enough to tell what is clearly worse.</summary>
    Probe,

    /// <summary>As it would be used.</summary>
    Full,
}

/// <summary>Measures a setting.</summary>
/// <param name="values">One value per dimension; null = what holds now.</param>
/// <param name="effort">How thoroughly.</param>
/// <param name="token">Ends the measurement early.</param>
/// <returns>One score per user, higher is better; the same users in the same order every time.</returns>
public delegate double[] MeasureSetting(IReadOnlyList<double?> values, Effort effort, CancellationToken token);
