using BatchRecs.Core.Ranking.Exploration;

namespace BatchRecs.UnitTests.Ranking.Exploration;

/// <summary>Options of draws for tests.</summary>
static class SomeExploration
{
    public static ExplorationOptions Options { get; } = new()
    {
        Ranks = [3],
        Pool = ExplorationPool.All,
        PoolSize = 10,
        Depth = 5,
        NewWithin = TimeSpan.FromDays(7),
        Temperature = 0.25,
        Uniform = 0.1,
        Share = 1,
        Seed = 42,
    };
}
