using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Ledger;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline.Runs;

/// <summary>What belongs to one run: who it is, where it is recorded, who watches.</summary>
public sealed record RunContext
{
    /// <summary>Gets its id in the ledger.</summary>
    public required long RunId { get; init; }

    /// <summary>Gets its recommender.</summary>
    public required string Recommender { get; init; }

    /// <summary>Gets the stage from which on artifacts are computed anew; null = all that are present are used.</summary>
    public required StageName? ComputeFrom { get; init; }

    /// <summary>Gets the ledger.</summary>
    public required RunLedger Ledger { get; init; }

    /// <summary>Gets the artifacts.</summary>
    public required ArtifactStore Artifacts { get; init; }

    /// <summary>Gets who is told how far the run has come.</summary>
    public required IRunObserver Observer { get; init; }

    /// <summary>Gets the log.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Gets the clock.</summary>
    public required TimeProvider Clock { get; init; }
}
