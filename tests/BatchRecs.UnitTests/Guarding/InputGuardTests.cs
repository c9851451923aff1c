using BatchRecs.Core.Guarding;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Guarding;

public sealed class InputGuardTests
{
    static readonly InputFigures Usual = new()
    {
        Rows = 10_000,
        Users = 1_000,
        Items = 200,
        RejectedShare = 0.001,
        AgeDays = 0.5,
        DuplicateShare = 0.01,
        TypeShares = new Dictionary<string, double> { ["view"] = 0.9, ["buy"] = 0.1 },
    };

    [Fact]
    public void A_snapshot_is_counted_and_duplicates_are_events_that_are_alike_in_everything()
    {
        var snapshot = new SomeEvents(2, 2, "buy", "view")
            .Add(0, 0, "view", ageDays: 1)
            .Add(0, 0, "view", ageDays: 1)
            .Add(0, 0, "view", ageDays: 1)
            .Add(0, 0, "view", ageDays: 1, value: 2)
            .Add(0, 0, "buy", ageDays: 1)
            .Add(0, 1, "view", ageDays: 1)
            .Add(1, 1, "view", ageDays: 1)
            .Add(1, 1, "view", ageDays: 2)
            .ToSnapshot();

        var figures = InputFigures.Of(snapshot, rejected: 2, asOf: SomeEvents.Until + SomeEvents.MicrosecondsPerDay);

        Assert.Equal((8, 2, 2, 0.2, 1.0, 0.25), (
            figures.Rows, figures.Users, figures.Items, figures.RejectedShare, figures.AgeDays, figures.DuplicateShare));
        Assert.Equal(new Dictionary<string, double> { ["buy"] = 0.125, ["view"] = 0.875 }, figures.TypeShares);
    }

    [Fact]
    public void Figures_come_back_from_the_ledger_as_they_went()
    {
        var read = InputFigures.From(Usual.ToFigures());

        Assert.Equal(Usual with { TypeShares = read.TypeShares }, read);
        Assert.Equal(Usual.TypeShares.OrderBy(type => type.Key), read.TypeShares.OrderBy(type => type.Key));
    }

    [Fact]
    public void Without_a_good_run_nothing_is_compared_and_that_is_said()
    {
        var rule = Assert.Single(InputGuard.Check(Usual, [], new InputLimits()));

        Assert.Equal(("input", true), (rule.Name, rule.Passed));
        Assert.Equal("No good run has read these sources before: there is nothing to compare with.", rule.Message);
    }

    [Theory]
    [InlineData(7_000, true)]
    [InlineData(6_999, false)]
    [InlineData(20_000, true)]
    [InlineData(20_001, false)]
    public void Rows_may_fall_and_rise_by_their_limits_and_no_further(long rows, bool passed)
    {
        var rule = Check(Usual with { Rows = rows })[0];

        Assert.Equal(("input.rows", passed), (rule.Name, rule.Passed));
    }

    [Fact]
    public void A_fall_names_figure_bounds_and_remedy()
    {
        var rule = Check(Usual with { Users = 650 })[1];

        Assert.Equal(("input.users", 650.0, 700.0), (rule.Name, rule.Figure, rule.Limit));
        Assert.Equal(
            "650 users were read; the last good run had 1,000 to 1,000, allowed are 700 to 2,000. Check whether the load of the sources "
            + "has finished. If the fall is real, run with --override, or raise guard.input.maxFall.",
            rule.Message);
    }

    /// <summary>Two thousand rows are few for the first of these nights and many for the last: any of them will do.</summary>
    [Fact]
    public void A_shop_that_grows_is_compared_with_all_its_nights_not_with_their_mean()
    {
        InputFigures[] growing = [.. Enumerable.Range(0, 14).Select(night => Usual with { Rows = (long)(1_000 * Math.Pow(1.2, night)) })];

        var rules = InputGuard.Check(Usual with { Rows = 1_000 * 12 }, growing, new InputLimits());

        Assert.True(rules[0].Passed);
        Assert.StartsWith(
            "12,000 events were read; the last 14 good runs had 1,000 to 10,699, allowed are 700 to 21,398.",
            rules[0].Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.006, true)]
    [InlineData(0.0061, false)]
    public void The_share_of_rejected_rows_may_hardly_rise(double share, bool passed) =>
        Assert.Equal(("input.rejected", passed), Result(Check(Usual with { RejectedShare = share })[3]));

    [Theory]
    [InlineData(3.5, true)]
    [InlineData(3.6, false)]
    public void The_newest_event_may_be_three_days_older_than_usual(double days, bool passed) =>
        Assert.Equal(("input.age", passed), Result(Check(Usual with { AgeDays = days })[4]));

    [Fact]
    public void A_source_that_is_missing_shows_in_the_mix_of_event_types()
    {
        var onlyViews = Usual with { TypeShares = new Dictionary<string, double> { ["view"] = 1 } };
        var half = Usual with { TypeShares = new Dictionary<string, double> { ["view"] = 0.65, ["buy"] = 0.35 } };

        Assert.True(Check(onlyViews)[5].Passed);
        var rule = Check(half)[5];
        Assert.Equal(("input.types", false), Result(rule));
        Assert.Equal(0.25, rule.Figure!.Value, 1e-12);
        Assert.StartsWith(
            "25 % of the events are of other types than in the last good run ('buy': 35 %, there 10 %), "
            + "the limit is 20 %. Check whether all sources were loaded.",
            rule.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_was_loaded_twice_shows_in_the_duplicates()
    {
        var rule = Check(Usual with { Rows = 19_900, DuplicateShare = 0.505 })[6];

        Assert.Equal(("input.duplicates", false), Result(rule));
        Assert.Equal((0.505, 0.06), (rule.Figure!.Value, Math.Round(rule.Limit, 12)));
    }

    [Fact]
    public void The_same_figures_again_pass() => Assert.All(Check(Usual), rule => Assert.True(rule.Passed));

    static (string, bool) Result(GuardRule rule) => (rule.Name, rule.Passed);

    static IReadOnlyList<GuardRule> Check(InputFigures now) => InputGuard.Check(now, [Usual], new InputLimits());
}
