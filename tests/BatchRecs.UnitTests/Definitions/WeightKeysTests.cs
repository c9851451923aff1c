namespace BatchRecs.UnitTests.Definitions;

/// <summary>What the keys of events and weights say together.</summary>
public sealed class WeightKeysTests : IDisposable
{
    const string Shop = """
        recommender: movies
        sources: [ { table: t, columns: { user: u, item: i, time: t, value: v, event: e } } ]
        events: { buy: {}, return: { negative: true } }

        """;

    readonly SomeProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void An_event_type_may_be_negative() => Assert.True(_project.Load(Shop).Job.Events["return"].Negative);

    [Theory]
    [InlineData("again: { events: [return] }", "again.events: 'return' is negative; expected types of what users want to have again.")]
    [InlineData(
        "weights: { propensity: { form: relmf, training: 0.5 } }",
        "weights.propensity.training: found 0.5 beside form: relmf, which always uses 1 / propensity; expected no such key.")]
    [InlineData(
        "scorers: { recent: {} }\nweights: { propensity: { form: relmf } }",
        "weights.propensity.form: found 'relmf', which is a loss of the scorer als; expected als among scorers.")]
    [InlineData(
        "weights: { propensity: { form: relmf } }\nscorers: { als: { unobservedWeight: 2 } }",
        "scorers.als.unobservedWeight: found 2; expected at most 1 beside weights.propensity.form: relmf, "
            + "whose weights are (1 - this) / propensity.")]
    [InlineData(
        "popular: { trendingWindow: 9d, trendingBase: 8d }",
        "popular.trendingWindow: found 9d; expected at most popular.trendingBase, 8d.")]
    public void Keys_that_do_not_fit_together_are_named(string lines, string mistake) =>
        Assert.EndsWith($": {mistake}", Assert.Single(_project.MistakesIn(Shop + lines)), StringComparison.Ordinal);

    [Fact]
    public void A_rating_is_not_negative() =>
        Assert.Equal(
            [
                "jobs/movies.yaml:3: events.rate.value: found 'rating' beside negative: true; expected 'none' or 'log1p': "
                    + "a rating says how much a user likes the item.",
            ],
            _project.MistakesIn(Shop.Replace("return: { negative: true }", "rate: { negative: true, value: rating }")));

    [Fact]
    public void Something_says_what_users_want() =>
        Assert.Equal(
            ["jobs/movies.yaml:3: events: every event type has weight 0 or is negative; expected at least one that says what users want."],
            _project.MistakesIn(Shop.Replace("buy: {}", "buy: { weight: 0 }")));
}
