using System.Text.Json;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Ranking;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Evaluation;

/// <summary>Oracles/metrics.json: 60 lists, of which 42 belong to users with test items, and every metric from its definition.</summary>
static class MetricsOracle
{
    static readonly JsonElement Root =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Oracles", "metrics.json"))).RootElement;

    static readonly int[][] Items = Rows("lists");
    static readonly int[][] Wanted = Rows("truth");

    /// <summary>The list length.</summary>
    public static readonly int N = Root.GetProperty("N").GetInt32();

    /// <summary>Gets all lists, also those of users without test items.</summary>
    public static CandidateBlock AllLists { get; } = Lists.Block(Items);

    /// <summary>Gets the lists of the users with test items.</summary>
    public static CandidateBlock TestLists { get; } = Lists.Block([.. Items.Where((_, user) => Wanted[user].Length > 0)]);

    /// <summary>Gets the test items of these users.</summary>
    public static TestTruth Truth { get; } = Lists.Truth([.. Wanted.Where(items => items.Length > 0)]);

    /// <summary>Gets the users per item.</summary>
    public static int[] ItemCounts { get; } = Root.GetProperty("itemCounts").Deserialize<int[]>()!;

    /// <summary>Gets the number of users that novelty is measured by.</summary>
    public static int UserCount { get; } = Root.GetProperty("totalUsers_for_novelty").GetInt32();

    /// <summary>Gets NDCG per user, in the order of <see cref="Truth"/>.</summary>
    public static double[] NdcgPerUser { get; } = [.. Root.GetProperty("perUserNdcg").EnumerateArray().Select(pair => pair[1].GetDouble())];

    /// <summary>Returns an expected figure.</summary>
    public static double Expected(string name) => Root.GetProperty("expected").GetProperty(name).GetDouble();

    static int[][] Rows(string name) => Root.GetProperty(name).Deserialize<int[][]>()!;
}
