using BatchRecs.Core.Weighing;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.UnitTests.Definitions;

public sealed class ShorthandTests : IDisposable
{
    readonly SomeProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Seen_none_lets_everything_be_recommended_again() =>
        Assert.False(Load("precompute: { seen: none }").Precompute.Seen.Enabled);

    [Fact]
    public void Seen_within_all_has_no_limit() => Assert.Null(Load("precompute: { seen: { within: all } }").Precompute.Seen.Within);

    [Fact]
    public void A_half_life_of_never_does_not_fade() =>
        Assert.Null(Load("events: { interaction: { halfLife: never } }").Events["interaction"].HalfLife);

    [Fact]
    public void The_name_of_a_column_alone_means_one_category_per_item() =>
        Assert.Equal(
            new CategoriesColumn { Column = "genre", Separator = null },
            Load("items: { table: films, columns: { item: id, categories: genre } }").Items!.Columns.Categories);

    [Fact]
    public void A_saturation_that_is_a_number_is_the_scale_of_the_logarithm() =>
        Assert.Equal(
            new SaturationOptions { Form = SaturationForm.Log, Scale = 2.5 }, Load("weights: { saturation: 2.5 }").Weights.Saturation);

    [Fact]
    public void A_scorer_or_an_event_type_alone_has_its_defaults()
    {
        var job = Load("scorers:\n  als:\n  recent: {}\nevents:\n  interaction:\n");

        Assert.Equal(["als", "recent"], job.Scorers.Keys);
        Assert.Equal(new EventOptions(), job.Events["interaction"]);
    }

    [Theory]
    [InlineData("tuned", null)]
    [InlineData("36h", 1.5)]
    [InlineData("7d", 7.0)]
    public void A_half_life_that_can_be_tuned_is_kept_in_days(string halfLife, double? days) =>
        Assert.Equal(
            new RecentOptions { HalfLife = new Tunable(days) },
            Load($"scorers: {{ recent: {{ halfLife: {halfLife} }} }}\nblend: {{ recent: 1 }}").Scorers["recent"]);

    [Theory]
    [InlineData("20%", "20%")]
    [InlineData("12.5%", "12.5%")]
    [InlineData("336h", "14d")]
    public void A_holdout_is_a_share_or_a_duration(string written, string read) =>
        Assert.Equal(read, Load($"evaluate: {{ holdout: {written} }}").Evaluate.Holdout.ToString());

    [Fact]
    public void Words_in_quotes_are_the_same_words() => Assert.Equal(AsOfPolicy.LatestEvent, Load("\"asOf\": 'latest-event'").AsOf);

    RefreshJob Load(string lines) => _project.Load($"{SomeProject.ShortestJob}\n{lines}").Job;
}
