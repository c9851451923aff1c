using BatchRecs.Store.Artifacts;

namespace BatchRecs.UnitTests.Artifacts;

public sealed class StageKeyTests
{
    [Fact]
    public void Canonical_json_sorts_members_and_has_no_blanks()
    {
        var alpha = new Dictionary<string, double> { ["b"] = 2, ["B"] = 1, ["a"] = double.NaN };
        var value = new { Zeta = new object?[] { 1, 0.5, null, true }, Alpha = alpha };

        Assert.Equal("""{"alpha":{"B":1,"a":"NaN","b":2},"zeta":[1,0.5,null,true]}""", CanonicalJson.Of(value));
    }

    [Fact]
    public void A_key_is_the_hash_of_stage_parameters_and_parents()
    {
        // printf '%s' '{"parameters":{"floor":0.05},"parents":["p"],"stage":"weigh"}' | sha256sum
        Assert.Equal("359be4faf43d63df44e2be54091f904d11e82a1620ada1b941cc75ab5f291fb7", StageKey.Of("weigh", new { Floor = 0.05 }, "p"));
    }

    [Fact]
    public void The_order_of_a_dictionary_does_not_count_but_everything_else_does()
    {
        var one = new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 };
        var two = new Dictionary<string, int> { ["b"] = 2, ["a"] = 1 };

        string[] others =
        [
            StageKey.Of("t", one, "p", "q"), StageKey.Of("s", null, "p", "q"), StageKey.Of("s", one, "q", "p"), StageKey.Of("s", one, "pq"),
        ];

        string key = StageKey.Of("s", one, "p", "q");

        Assert.Equal(key, StageKey.Of("s", two, "p", "q"));
        Assert.Equal(5, others.Append(key).Distinct().Count());
    }

    [Fact]
    public void Options_behind_an_object_count_in_full()
    {
        string Key(int factors) => StageKey.Of("train", new Dictionary<string, object> { ["als"] = new Options(factors) });

        Assert.NotEqual(Key(64), Key(128));
    }

    sealed record Options(int Factors);
}
