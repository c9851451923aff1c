namespace BatchRecs.Host.Cli.Views;

/// <summary>What the evaluation measured.</summary>
/// <param name="Recommender">The recommender.</param>
/// <param name="List">Which list: <c>main</c>, or <c>again</c> where items that a user had before count too.</param>
/// <param name="CutAt">T1: lists are made from events before it and measured on events from it on.</param>
/// <param name="Users">Holdout users.</param>
/// <param name="Depth">The k of every measure @k.</param>
/// <param name="Lists">The measured lists, the published one first.</param>
sealed record EvaluationView(
    string Recommender, string List, DateTimeOffset CutAt, int Users, int Depth, IReadOnlyList<MeasuredList> Lists)
{
    /// <summary>Gets the differences of the first list from each other one, user by user.</summary>
    public IReadOnlyList<ListDifference> Differences { get; init; } = [];
}

/// <summary>The first list less another one.</summary>
/// <param name="Name">The other list.</param>
/// <param name="Ndcg">Difference in NDCG@k; an interval without 0 is a real difference.</param>
sealed record ListDifference(string Name, Estimate Ndcg);

/// <summary>One list, measured.</summary>
/// <param name="Name">What it is: <c>published list</c>, <c>popular</c>, <c>recent popularity (tuned, h = 7 d)</c>.</param>
/// <param name="Recall">Recall@k.</param>
/// <param name="Ndcg">NDCG@k.</param>
/// <param name="Coverage">Share of the catalogue that occurs in any list, in [0, 1].</param>
/// <param name="Novelty">Mean self-information of the recommended items, in bits.</param>
sealed record MeasuredList(string Name, Estimate Recall, Estimate Ndcg, double Coverage, double Novelty);

/// <summary>A measure with its 95 % interval.</summary>
/// <param name="Value">The mean.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
sealed record Estimate(double Value, double Low, double High);
