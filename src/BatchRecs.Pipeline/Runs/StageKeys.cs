using System.Runtime.Intrinsics;
using BatchRecs.Core.Data;
using BatchRecs.Core.ReRanking;
using BatchRecs.Core.Searching;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store.Artifacts;

namespace BatchRecs.Pipeline.Runs;

/// <summary>
/// Names each stage's output by everything that it depends on: its options, what it reads, the format, the width of the vectors.
/// </summary>
/// <param name="job">The complete job definition.</param>
sealed class StageKeys(RefreshJob job)
{
    /// <summary>Raised whenever the same inputs lead to other bytes.</summary>
    const int Format = 1;

    /// <summary>Raised when a report says more than before, so that the next run measures anew.</summary>
    const int ReportFormat = 2;

    /// <summary>Sums in other orders differ in their last bits, so each width has results of its own.</summary>
    static readonly int VectorBits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Only a resumed run reads an extract again, so the whole definition may be part of its key.</summary>
    public static string Extract(DateTimeOffset asOf, string jobHash) => StageKey.Of(
        "extract", new { Format, jobHash, AsOf = Micros.Of(asOf) });

    /// <summary>Names the rows that an incremental extract keeps: by all that their meaning depends on, and by nothing else.</summary>
    /// <param name="queries">The SQL of the sources that are queries, in the order of the job.</param>
    public string StoredEvents(IReadOnlyList<string> queries) => StageKey.Of("events", new
    {
        Format,
        job.Stores.Warehouse,
        job.TimeZone,
        job.Window,
        job.Sources,
        queries,
        Events = job.Events.Keys.Order(StringComparer.Ordinal),
        job.Incremental.Overlap,
    });

    /// <summary>Hash of what an extract reads: figures of other sources, or of another window, say nothing of it.</summary>
    /// <param name="queries">The SQL of the sources that are queries, in the order of the job.</param>
    public string Sources(IReadOnlyList<string> queries) => StageKey.Of("sources", new
    {
        job.Stores.Warehouse,
        job.TimeZone,
        job.Window,
        job.Sources,
        queries,
        Events = job.Events.Keys.Order(StringComparer.Ordinal),
    });

    /// <summary>Hash of what the figures of a release depend on, but for the data.</summary>
    public string Configuration => StageKey.Of(
        "configuration",
        new { Measured, job.Sources, job.Window, job.Precompute, job.Rules, job.Segments, job.Users, job.Guard.Depth });

    /// <summary>Names a measurement.</summary>
    /// <param name="extract">What it is made on.</param>
    /// <param name="compared">The <see cref="Definition"/> of each configuration that is measured beside, in order.</param>
    public string Evaluate(ExtractHashes extract, params IReadOnlyList<string> compared) => StageKey.Of(
        "evaluate", new { VectorBits, Measured, compared }, extract.Snapshot, extract.Items, extract.Segments ?? "");

    /// <summary>Names the trials of a search; how many there are, and how long they may take, changes none of them.</summary>
    /// <param name="extract">What they are made on.</param>
    /// <param name="space">What may change.</param>
    /// <param name="seed">Seed of the search.</param>
    public string Tune(ExtractHashes extract, IReadOnlyList<SearchDimension> space, long seed) => StageKey.Of(
        "tune", new { VectorBits, Measured, space, seed }, extract.Snapshot, extract.Items);

    /// <summary>Hash of the part of the definition that a measurement depends on: a change of limits or names needs no new one.</summary>
    public string Definition => StageKey.Of("definition", Measured);

    public string Weigh(ExtractHashes extract) => StageKey.Of("weigh", new { Format, Weighing }, extract.Snapshot);

    public string Train(ExtractHashes extract) => StageKey.Of(
        "train", new { Format, VectorBits, Training, job.Evaluate.Validation }, Weigh(extract));

    /// <summary>
    /// The types of the ids count here alone: the tables of a release have them, but the content of an extract does not tell their width.
    /// </summary>
    public string Precompute(ExtractHashes extract, IdKind user, IdKind item) => StageKey.Of(
        "precompute",
        new
        {
            Format,
            VectorBits,
            user,
            item,
            job.Stores.Serving,
            job.Precompute,
            job.Rules,
            job.Users,
            job.Again,
            job.Similar,
            job.Popular,
            job.Live,
            job.Guard.Depth,
            Explore,
        },
        Train(extract),
        extract.Items,
        extract.Exclusions,
        extract.Rules);

    /// <summary>Names a release of popular and trending lists alone.</summary>
    public string Trending(ExtractHashes extract, IdKind user, IdKind item) => StageKey.Of(
        "trending",
        new { Format, user, item, job.Stores.Serving, job.Events, job.TimeZone, job.Popular, job.Live },
        extract.Snapshot,
        extract.Items,
        extract.Exclusions);

    object Measured => new
    {
        Format,
        Weighing,
        Training,
        Again,
        job.Precompute.Rerank,
        Rules = job.Rules.Where(IsMeasured),
        Allocation,
        job.Evaluate.Holdout,
        job.Evaluate.Validation,
        job.Evaluate.At,
        ReportFormat,
        job.Evaluate.Repeats,
        job.Evaluate.Windows,
        job.Evaluate.Segments,
    };

    /// <summary>What the warehouse says of items or users now is no part of a measurement.</summary>
    static bool IsMeasured(RuleOptions rule) =>
        rule is { Query: null, Segment: null, Action: RuleAction.Pin or RuleAction.Boost or RuleAction.Bury };

    object Weighing => new
    {
        job.Events,
        job.Weights,
        job.TimeZone,
        job.Popular.HalfLife,
        UnobservedWeight = JobPlan.UnobservedWeight(job),
    };

    /// <summary>How long a list is served does not enter its measurement.</summary>
    object? Again => job.Again is { } again ? new { again.HalfLife, again.Events } : null;

    /// <summary>Whose lists are made, and how long they are, decides what allocators do to each; it matters to nothing else.</summary>
    object? Allocation => job.Precompute.Allocate.Count == 0 && Explore is null
        ? null
        : new { job.Precompute.Allocate, job.Precompute.Count, job.Users.Active, Explore };

    /// <summary>Where outcomes are logged changes no list; the depth says which items few lists hold.</summary>
    object? Explore => job.Explore is { } explore ? new { Options = explore with { Outcomes = null }, job.Guard.Depth } : null;

    /// <summary>Names beside options: the order of the scorers decides ties, and canonical JSON does not keep it.</summary>
    object Training => new { Order = job.Scorers.Keys, job.Scorers, job.Blend, job.Precompute.Seen, job.Precompute.Candidates, job.Seed };
}
