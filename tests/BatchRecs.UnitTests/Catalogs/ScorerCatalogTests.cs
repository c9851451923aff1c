using BatchRecs.Core.Ranking;
using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;
using BatchRecs.Pipeline.Catalogs;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.UnitTests.Catalogs;

public sealed class ScorerCatalogTests
{
    static readonly WeighingOptions Weighing = new() { Events = [new EventWeight("view")] };

    public static TheoryData<string> Names => [.. Scorers.All.Names];

    [Fact]
    public void The_catalog_names_every_scorer_with_its_options() =>
        Assert.Equal(
            [
                KeyValuePair.Create("als", typeof(AlsOptions)),
                KeyValuePair.Create("recent", typeof(RecentOptions)),
                KeyValuePair.Create("popular", typeof(PopularScorerOptions)),
            ],
            Scorers.All);

    [Fact]
    public void A_name_that_is_not_in_the_catalog_has_no_options() => Assert.Null(Scorers.All.OptionsOf("word2vec"));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_scorer_can_be_made_from_its_default_options(string name) =>
        Assert.NotEmpty(Scorers.All.Create(name, Activator.CreateInstance(Scorers.All.OptionsOf(name)!)!, Weighing));

    [Fact]
    public void A_half_life_that_is_given_makes_one_variant() =>
        Assert.Equal(["half-life 1.5 d"], Variants(new Tunable(1.5)));

    [Fact]
    public void A_half_life_that_is_tuned_makes_a_variant_for_each_that_can_be_picked() =>
        Assert.Equal(
            ["half-life 7 d", "half-life 1 d", "half-life 2 d", "half-life 4 d", "half-life 14 d", "half-life 30 d"],
            Variants(Tunable.Tuned));

    [Fact]
    public void A_job_can_blend_every_scorer_of_the_catalog() => Assert.InRange(Scorers.All.Names.Count, 1, BlendTuner.MaxScorers);

    static IEnumerable<string> Variants(Tunable halfLife) =>
        Scorers.All.Create("recent", new RecentOptions { HalfLife = halfLife }, Weighing).Select(variant => variant.Label);
}
