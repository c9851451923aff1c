using System.Globalization;
using BatchRecs.Core.Evaluation;
using BatchRecs.Host.Cli;

namespace BatchRecs.Host.Reports;

/// <summary>What the test period held, what was picked for the cut, and what the words mean.</summary>
/// <param name="main">The main list.</param>
/// <param name="report">The report.</param>
sealed class MethodSection(ListEvaluation main, EvaluationReport report)
{
    static readonly (string Word, string Meaning)[] Words =
    [
        ("recall@N", "hits among the first N, divided by the user's test items; mean over users"),
        ("NDCG@N", "hits weighted by 1 / log₂(rank + 1), divided by the same sum of a perfect list; mean over users"),
        ("coverage", "items that are in the first N of some list, divided by all items with an event in training"),
        ("novelty", "mean of −log₂((users of the item + 1) / (users + 1)): bits of surprise"),
        ("long tail", "share of the items of a list that are not among the best known fifth"),
        ("diversity", "1 − mean cosine of the pairs of a list, by categories where the job names them, else by learnt factors"),
        ("serendipity", "mean over hits: 0 for the N best known items, else 1 − the largest cosine to an item that the user had"),
        ("miscalibration", "Kullback–Leibler divergence from the categories of the user's history to those of the list"),
        ("ties at the cut", "share of the lists in which the item at rank N + 1 has the score of that at rank N"),
        ("95 % interval", "bootstrap by user (BCa) below 5,000 users, normal approximation from there on"),
    ];

    /// <summary>Returns the tables.</summary>
    public Html ToHtml() => Html.Of(
        $"""
        {Counts().ToHtml()}
        {(report.Tuned.Count == 0 ? Html.Nothing : Tuned().ToHtml())}
        <dl>{Words.Select(word => Html.Of($"<dt>{word.Word}</dt><dd>{word.Meaning}</dd>"))}</dl>
        """);

    DataTable Counts()
    {
        var counts = main.Counts;
        (string What, long Count)[] rows =
        [
            ("events in training", counts.TrainingEvents),
            ("users in training", counts.TrainingUsers),
            ("items in training", counts.TrainingItems),
            ("events in the test period that show interest", counts.TestEvents),
            ("pairs of a user and an item among them", counts.TestPairs),
            ("pairs whose user and item training knows", counts.KnownPairs),
            ("pairs that training has too", counts.RepeatPairs),
            ("pairs that count", counts.EvaluatedPairs),
            ("users with such a pair", counts.EvaluatedUsers),
            ("users that were measured", main.MeasuredUsers),
            ("known users without any, skipped", counts.SkippedUsers),
        ];
        return new DataTable(
            "What the data hold", ["what", "number"], [.. rows.Select(row => new[] { row.What, Numbers.Count(row.Count) })]);
    }

    DataTable Tuned() => new(
        "Picked on the validation window before the test",
        ["key", "value"],
        [.. report.Tuned.Select(pick => new[] { pick.Key, pick.Value.ToString("0.######", CultureInfo.InvariantCulture) })]);
}
