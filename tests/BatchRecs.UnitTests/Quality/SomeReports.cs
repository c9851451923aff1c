using BatchRecs.Core.Evaluation;

namespace BatchRecs.UnitTests.Quality;

/// <summary>Reports made by hand.</summary>
static class SomeReports
{
    /// <summary>Gets the score of a night: two sources, two ranks, one group of users.</summary>
    public static PrequentialReport Night { get; } = new()
    {
        Since = 1_772_330_400_000_000,
        Until = 1_772_416_800_000_000,
        Counts = Counts(users: 1_903),
        Users = 1_893,
        WithoutList = 10,
        RecentHalfLifeDays = 7,
        At =
        [
            new PrequentialLength(
                10,
                new Dictionary<RankingMetric, ComparedScore>
                {
                    [RankingMetric.Ndcg] = new(
                        new Interval(0.1226, 0.1153, 0.1299), new Interval(0.1106, 0.1036, 0.1176), new Interval(0.012, 0.0051, 0.0189)),
                }),
        ],
        Sources = [new("als", 15_000, 300, new Interval(0.1, 0.09, 0.11)), new("recent", 3_930, 90, new Interval(0.0226, 0.02, 0.025))],
        Ranks = [new(1, 1_893, 95, new Interval(0.0502, 0.041, 0.0605)), new(2, 1_893, 60, new Interval(0.0317, 0.024, 0.04))],
        Segments =
        [
            new(
                "1-4 events",
                1_893,
                new(new Interval(0.1226, 0.1153, 0.1299), new Interval(0.1106, 0.1036, 0.1176), new Interval(0.012, 0.0051, 0.0189))),
            new("5-19 events", 1, null),
        ],
    };

    static SplitCounts Counts(int users) => new()
    {
        TrainingEvents = 0,
        TrainingUsers = users,
        TrainingItems = 0,
        TestEvents = 0,
        TestPairs = 0,
        KnownPairs = 0,
        RepeatPairs = 0,
        EvaluatedPairs = 0,
        EvaluatedUsers = users,
        SkippedUsers = 0,
        ColdUsers = 0,
        ColdUserPairs = 0,
        ColdItems = 0,
        ColdItemPairs = 0,
    };
}
