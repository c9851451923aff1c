using BatchRecs.Core.Guarding;

namespace BatchRecs.UnitTests.Guarding;

public sealed class ControlGuardTests
{
    [Fact]
    public void Before_five_good_runs_nothing_is_compared()
    {
        var rule = Assert.Single(ControlGuard.Check(Coverage(0.1), [.. Enumerable.Repeat(Coverage(0.5), 4)], new ControlLimits()));

        Assert.Equal(("control.coverage", null, true), (rule.Name, rule.Figure, rule.Passed));
        Assert.Equal("4 good runs of this definition are known; from 5 on, their figures are compared.", rule.Message);
    }

    /// <summary>Median 0.5, median deviation 0.02, spread 0.029652: five spreads are more than a tenth of the median.</summary>
    [Fact]
    public void A_figure_may_be_five_spreads_off_the_median()
    {
        IReadOnlyDictionary<string, double>[] history = [Coverage(0.46), Coverage(0.48), Coverage(0.5), Coverage(0.52), Coverage(0.54)];

        double limit = 0.5 - (5 * 1.4826 * 0.02);
        var broken = Assert.Single(ControlGuard.Check(Coverage(limit - 1e-9), history, new ControlLimits()));

        Assert.True(ControlGuard.Check(Coverage(limit + 1e-9), history, new ControlLimits())[0].Passed);
        Assert.Equal(("control.coverage", false), (broken.Name, broken.Passed));
        Assert.Equal(limit, broken.Limit, 1e-12);
        Assert.Equal(
            "The share of the items that some list shows: 0.3517; the median of the last 5 good runs of this definition is 0.5, the lower "
            + "control limit 0.3517. The definition is the same, so look at what its sources delivered. If it is to be so, run with "
            + "--override, or raise guard.control.tolerance.",
            broken.Message);
    }

    [Fact]
    public void A_figure_that_never_moved_may_still_move_by_the_tolerance()
    {
        IReadOnlyDictionary<string, double>[] history = [.. Enumerable.Repeat(Coverage(0.5), 14)];

        Assert.True(ControlGuard.Check(Coverage(0.4501), history, new ControlLimits())[0].Passed);
        Assert.False(ControlGuard.Check(Coverage(0.4499), history, new ControlLimits())[0].Passed);
    }

    [Fact]
    public void One_strange_night_among_the_good_ones_moves_no_limit()
    {
        double[] usual = [.. Enumerable.Repeat(0.5, 13)];

        var with = ControlGuard.Check(Coverage(0.4), [.. usual.Append(0.01).Select(Coverage)], new ControlLimits())[0];
        var without = ControlGuard.Check(Coverage(0.4), [.. usual.Select(Coverage)], new ControlLimits())[0];

        Assert.Equal(without.Limit, with.Limit);
    }

    [Theory]
    [InlineData("coverage", 0.3, false)]
    [InlineData("coverage", 0.9, true)]
    [InlineData("gini", 0.9, false)]
    [InlineData("gini", 0.3, true)]
    [InlineData("popularity", 0.9, false)]
    [InlineData("newItems", 0.3, false)]
    [InlineData("users", 0.3, false)]
    [InlineData("ndcg", 0.3, false)]
    [InlineData("ndcg", 0.9, true)]
    public void Only_the_bad_side_refuses(string name, double figure, bool passed)
    {
        IReadOnlyDictionary<string, double>[] history = [.. Enumerable.Repeat(Figure(name, 0.5), 14)];

        var rule = Assert.Single(ControlGuard.Check(Figure(name, figure), history, new ControlLimits()));

        Assert.Equal(($"control.{name}", passed), (rule.Name, rule.Passed));
    }

    [Fact]
    public void Only_runs_that_have_a_figure_count_for_it()
    {
        IReadOnlyDictionary<string, double>[] history = [
            .. Enumerable.Range(0, 14).Select(n => n < 4 ? Figure("ndcg", 0.5) : Coverage(0.5)),
        ];

        Assert.Null(Assert.Single(ControlGuard.Check(Figure("ndcg", 0.1), history, new ControlLimits())).Figure);
    }

    static Dictionary<string, double> Coverage(double figure) => Figure("coverage", figure);

    static Dictionary<string, double> Figure(string name, double figure) => new Dictionary<string, double> { [name] = figure };
}
