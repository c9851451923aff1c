using System.Text.Json.Serialization;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Searching;

namespace BatchRecs.Pipeline.Runs;

/// <summary>What a tune job found, as it is kept and shown: plain data, ready for JSON.</summary>
public sealed record TuneReport
{
    /// <summary>The verdict on a winner that only fits the validation window: it is not proposed.</summary>
    public const string Worse = "worse";

    /// <summary>Gets the run.</summary>
    public required long RunId { get; init; }

    /// <summary>Gets the path of the job whose settings were tried.</summary>
    public required string Job { get; init; }

    /// <summary>Gets the length of the lists that were compared.</summary>
    public required int Depth { get; init; }

    /// <summary>Gets the first instant of the validation window, on which settings are compared.</summary>
    public required DateTimeOffset ValidationFrom { get; init; }

    /// <summary>Gets the first instant of the test period (T1): no trial has seen an event at or after it.</summary>
    public required DateTimeOffset TestFrom { get; init; }

    /// <summary>Gets the number of users of the validation window.</summary>
    public required int ValidationUsers { get; init; }

    /// <summary>Gets why the search ended.</summary>
    public required string Ended { get; init; }

    /// <summary>Gets the keys that were tried.</summary>
    public required IReadOnlyList<TriedKey> Keys { get; init; }

    /// <summary>Gets every trial; number 0 is the definition that holds now.</summary>
    public required IReadOnlyList<TrialRow> Trials { get; init; }

    /// <summary>Gets the number of the best trial.</summary>
    public required int Winner { get; init; }

    /// <summary>Gets what the best trial changes; empty where the definition that holds now is the best.</summary>
    public required IReadOnlyList<ChangedKey> Changes { get; init; }

    /// <summary>Gets the winner against the definition that holds now, measured once in the test period; empty where they are the same,
    /// or nothing could be measured there.</summary>
    public IReadOnlyList<TestedMetric> Test { get; init; } = [];

    /// <summary>Gets the number of users of the test period.</summary>
    public int TestUsers { get; init; }

    /// <summary>Gets where the proposed job file lies; null where nothing is proposed.</summary>
    public string? Proposed { get; init; }

    /// <summary>Gets the best trial's NDCG in the validation window.</summary>
    [JsonIgnore]
    public double WinnerScore => Trials[Winner].Score!.Value;

    /// <summary>Gets what the test period says of the winner, in a word.</summary>
    public string Verdict => Test switch
    {
        [] => Changes.Count == 0 ? "nothing better was found" : "not measured in the test period",
        [{ Difference.Low: > 0 }, ..] => "better",
        [{ Difference.High: < 0 }, ..] => Worse,
        _ => "no clear difference",
    };
}

/// <summary>A key that was tried.</summary>
/// <param name="Key">The key of the job file.</param>
/// <param name="From">The least value, as job files have it.</param>
/// <param name="To">The greatest value.</param>
/// <param name="Scale">How the range is divided.</param>
public sealed record TriedKey(string Key, string From, string To, string Scale);

/// <summary>A trial, for people.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Values">The value of each key, as job files have it, in the order of the keys.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Probe">NDCG of the short form; null where there is none.</param>
/// <param name="Score">NDCG in the validation window; null where the trial did not come that far.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Note">Why it failed; empty otherwise.</param>
public sealed record TrialRow(
    int Number, IReadOnlyList<string> Values, TrialOutcome Outcome, double? Probe, double? Score, double Seconds, string Note);

/// <summary>A key that the winner changes.</summary>
/// <param name="Key">The key of the job file.</param>
/// <param name="From">Its value now.</param>
/// <param name="To">Its value in the proposed file.</param>
public sealed record ChangedKey(string Key, string From, string To);

/// <summary>A metric of the winner and of the definition that holds now, on the same users of the test period.</summary>
/// <param name="Metric">Which metric.</param>
/// <param name="Winner">The winner's.</param>
/// <param name="Current">That of the definition that holds now.</param>
/// <param name="Difference">Winner − current, user by user.</param>
/// <param name="Relative">Winner / current − 1; null where current has (nearly) no hits.</param>
public sealed record TestedMetric(RankingMetric Metric, Interval Winner, Interval Current, Interval Difference, Interval? Relative);
