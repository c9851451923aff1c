using BatchRecs.Pipeline.Checks;
using BatchRecs.Core.Evaluation.OffPolicy;
using BatchRecs.Core.Ranking;
using BatchRecs.Host.Cli.Views;
using BatchRecs.Pipeline.Exploration;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.UnitTests.Host;

/// <summary>Answers of an engine, made by hand.</summary>
static class SomeViews
{
    public static DateTimeOffset At(int day, int hour = 2) => new(2026, 3, day, hour, 0, 0, TimeSpan.Zero);

    public static RunOutcome Outcome(RunState state = RunState.Published) => new(
        RunId: 12,
        "shop",
        state,
        ReleaseId: 7,
        [
            new(StageName.Extract, StageResult.Computed, 396_337, "events", TimeSpan.FromSeconds(1.2), "3 bad rows left out"),
            new(StageName.Evaluate, StageResult.LeftOut, 0, "users", TimeSpan.Zero, "not due"),
            new(StageName.Train, StageResult.Loaded, 12, "sweeps", TimeSpan.FromSeconds(0.1), ""),
        ],
        "release 7 is current");

    public static ExplorationFindings Explored() => new()
    {
        Recommender = "shop",
        From = At(1),
        Until = At(2),
        Releases = 1,
        Draws = 1_200,
        LogRows = 1_300,
        MatchedRows = 1_100,
        Report = new ExplorationReport(
            [
                Policy("explore", null, new OffPolicyEstimate("ips", 0.2, 0.01), new OffPolicyEstimate("snips", 0.2, 0.01)),
                Policy("blend", "the 1,100 outcomes say as much as 40."),
            ],
            Gain: null),
    };

    static OffPolicyResult Policy(string target, string? refusal, params OffPolicyEstimate[] estimates) => new()
    {
        Target = target,
        Rows = 1_100,
        Users = 900,
        MeanWeight = 1,
        MeanWeightError = 0,
        EffectiveRows = 1_100,
        Refusal = refusal,
        Estimates = estimates,
    };

    public static EvaluationView Evaluation() => new(
        "shop",
        "main",
        At(1),
        1_903,
        10,
        [
            new("published list", new Estimate(0.0722, 0.0671, 0.0773), new Estimate(0.1226, 0.1153, 0.1299), 0.412, 8.31),
            new("popular", new Estimate(0.031, 0.028, 0.034), new Estimate(0.06, 0.055, 0.065), 0.0041, 4.2),
            new("recent popularity (tuned, h = 7 d)", new Estimate(0.065, 0.0601, 0.0699), new Estimate(0.1106, 0.1036, 0.1176), 0.0052, 5),
            new("als alone", new Estimate(0.061, 0.0565, 0.0655), new Estimate(0.105, 0.099, 0.111), 0.44, 8.7),
        ]);

    public static RecommendationRow Because(int rank, string item, string? title) =>
        new(rank, item, title, 0.78311234, "als", ReasonCodes.Because, "85123A", "WHITE HANGING HEART T-LIGHT HOLDER");

    public static RecommendationListView Recommendations(bool ownList = true) => new(
        "shop",
        "12347",
        ReleaseId: 7,
        ownList,
        [Because(1, "21733", "RED HANGING HEART T-LIGHT HOLDER"), new(2, "84879", null, 0.5, "popular", ReasonCodes.Popular)]);

    public static SimilarListView Similar() => new(
        "shop",
        "85123A",
        "WHITE HANGING HEART T-LIGHT HOLDER",
        ReleaseId: 7,
        [new(1, "21733", "RED HANGING HEART T-LIGHT HOLDER", 0.91, "als")]);

    public static ReleaseRow Release(long id, bool current) => new(
        id,
        "shop",
        RunId: id + 5,
        current ? "current" : "retired",
        current,
        CreatedAt: At(2),
        PublishedAt: At(3),
        RetiredAt: current ? null : At(4),
        DataUntil: At(1, hour: 23),
        new Dictionary<string, long> { ["recommendations"] = 43_340, ["items"] = 3_659 },
        new Dictionary<string, double> { ["ndcg@10"] = 0.12263 },
        "recommender: shop\nsources:\n  - table: sales\n");

    public static RunRow Run() => new(
        RunId: 12,
        "shop",
        "jobs/shop.yaml",
        "failed",
        "schedule:nightly",
        AsOf: At(2),
        StartedAt: At(2),
        FinishedAt: At(2).AddSeconds(75),
        ExitCode: 5,
        ReleaseId: null,
        "The store does not answer.",
        [new("extract", "computed", 1_000, "events", 2, "")],
        []);

    public static RejectedView Rejected() => new(
        "shop",
        RunId: 12,
        [
            new("sources[0] (events)", "item is null", 1_200, "item_id", "4711", null, "2026-03-01", null),
            new("sources[0] (events)", "value is not a finite number", 1, "rating", "\u001b[2J", "7", "2026-03-02", "NaN"),
        ]);

    public static JobCheck Check() => new(
        "jobs/shop.yaml",
        [
            new(Severity.Error, "jobs/shop.yaml:3: window", "found '2y', expected a duration", "Write 730d."),
            new(Severity.Warning, "sources[0]", "no index on time"),
        ],
        new CostEstimate(396_337, 4_334, 3_659, 180_000_000, 45_000_000, 23_000_000, TimeSpan.FromSeconds(11)),
        new DataSufficiency(3_659, 4_000, 1_903, DataVerdict.Fit));

    public static DemoView Demo() => new()
    {
        Title = "Online Retail: purchases of a gift shop",
        Recommender = "online_retail",
        Outcome = Outcome(),
        Evaluations = [Evaluation()],
        Words = new DemoWords("customer", "bought lately", "bought", "to buy again"),
        Customers =
        [
            new(
                "12347",
                [new(new DateOnly(2011, 12, 7), "85123A", "WHITE HANGING HEART T-LIGHT HOLDER"), new(new DateOnly(2011, 12, 6), "X", null)],
                [Because(1, "21733", "RED HANGING HEART T-LIGHT HOLDER")],
                [new(1, "85123A", "WHITE HANGING HEART T-LIGHT HOLDER", 1.2, "again", ReasonCodes.Again)]),
        ],
        Similar = [Similar()],
        DatabasePath = ".batchrecs/demo.db",
    };
}
