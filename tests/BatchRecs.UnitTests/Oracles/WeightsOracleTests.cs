using System.Text.Json;
using BatchRecs.Core.Data;
using BatchRecs.Core.Weighing;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Oracles;

/// <summary>Weights, popularity and propensities against numbers computed in Python from the rule that the file states.</summary>
public sealed class WeightsOracleTests
{
    const double Tolerance = 1e-6;

    static readonly JsonElement Oracle =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Oracles", "weights.json"))).RootElement;

    static readonly string[] Types = ["click", "purchase", "unknown", "view"];

    [Fact]
    public void Strengths_of_pairs_agree()
    {
        var pairs = new PairStrengths(new SelectedEvents(Events(), Options()), Options());

        var expected = Oracle.GetProperty("r");
        Assert.Equal(expected.GetArrayLength(), pairs.Count);
        for (int n = 0; n < pairs.Count; n++)
        {
            Assert.Equal((expected[n][0].GetInt32(), expected[n][1].GetInt32()), (pairs.Users[n], pairs.Items[n]));
            Assert.Equal(expected[n][2].GetDouble(), pairs.Strengths[n], Tolerance);
        }
    }

    [Fact]
    public void Weights_agree()
    {
        var weighted = Weigher.Weigh(Events(), Options());

        var expected = Oracle.GetProperty("w").EnumerateArray().ToArray();
        Assert.Equal(expected.Select(entry => entry[1].GetInt32()), weighted.UserItems.ColIndex);
        for (int n = 0; n < expected.Length; n++)
            Assert.Equal(expected[n][2].GetDouble(), weighted.UserItems.Weights[n], Tolerance);
        for (int user = 0; user < 14; user++)
            Assert.Equal(expected.Count(entry => entry[0].GetInt32() == user), weighted.UserItems.RowLength(user));
        Assert.Equal(Oracle.GetProperty("effectiveSampleSize_of_w").GetDouble(), weighted.EffectiveSampleSize, Tolerance);
    }

    [Fact]
    public void Distinct_users_popularity_and_propensities_agree()
    {
        var weighted = Weigher.Weigh(Events(), Options());

        AssertAgree("distinctUsers", Array.ConvertAll(weighted.DistinctUsers, users => (double)users));
        AssertAgree("popularity", weighted.Popularity);
        AssertAgree("propensity", weighted.Propensities);
    }

    [Fact]
    public void Every_event_either_counts_or_is_left_out_for_a_stated_reason()
    {
        var pairs = new PairStrengths(new SelectedEvents(Events(), Options()), Options());
        var weighted = Weigher.Weigh(Events(), Options());

        Assert.Equal(1, weighted.LeftOut[LeftOutReasons.UnknownType]);
        Assert.Equal(1, weighted.LeftOut[LeftOutReasons.TooLate]);
        Assert.Equal(Oracle.GetProperty("events").GetArrayLength(), pairs.EventCounts.Sum() + weighted.LeftOut.Values.Sum());
    }

    static void AssertAgree(string property, double[] actual) => Assert.All(
        Oracle.GetProperty(property).EnumerateArray(),
        entry => Assert.Equal(entry[1].GetDouble(), actual[entry[0].GetInt32()], Tolerance));

    static Snapshot Events()
    {
        var events = new SomeEvents(14, 20, Types);
        foreach (var e in Oracle.GetProperty("events").EnumerateArray())
            events.AddAt(e[0].GetInt32(), e[1].GetInt32(), e[2].GetString()!, e[3].GetInt64() * 1_000_000);
        return events.ToSnapshot(Oracle.GetProperty("asOf").GetInt64() * 1_000_000);
    }

    static WeighingOptions Options() => new()
    {
        Events =
        [
            .. Oracle.GetProperty("types").EnumerateObject().Select(type => new EventWeight(type.Name)
            {
                Weight = type.Value.GetProperty("weight").GetDouble(),
                HalfLifeDays = type.Value.GetProperty("halfLifeDays").GetDouble(),
            }),
        ],
        Floor = Oracle.GetProperty("floor").GetDouble(),
        Saturation = Oracle.GetProperty("saturationEpsilon").GetDouble(),
        MaxPerPair = Oracle.GetProperty("maxPerPair").GetInt32(),
        PropensityExponent = Oracle.GetProperty("propensity_exponent").GetDouble(),
        PropensityFloor = Oracle.GetProperty("propensity_floor").GetDouble(),
        PopularityHalfLifeDays = Oracle.GetProperty("popularity_halfLifeDays").GetDouble(),
    };
}
