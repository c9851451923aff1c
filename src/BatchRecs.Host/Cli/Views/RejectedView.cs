using BatchRecs.Store.Quarantine;

namespace BatchRecs.Host.Cli.Views;

/// <summary>Rows that a run could not use.</summary>
/// <param name="Recommender">The recommender.</param>
/// <param name="RunId">The run.</param>
/// <param name="Rows">The rows that the quarantine kept, in the order in which the run met them.</param>
sealed record RejectedView(string Recommender, long RunId, IReadOnlyList<QuarantinedRow> Rows);
