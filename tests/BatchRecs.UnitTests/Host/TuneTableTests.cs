using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Searching;
using BatchRecs.Host.Cli.Rendering;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.UnitTests.Host;

public sealed class TuneTableTests
{
    [Fact]
    public void A_search_shows_what_the_winner_changes_how_it_tested_and_the_best_trials() =>
        Assert.Equal(
            """

            key                  now  proposed
            -------------------  ---  --------
            scorers.als.factors   64        91

            test period  winner     now  difference     95 % interval
            -----------  ------  ------  ----------  ----------------
            NDCG@10      0.1250  0.1200      +.0050  -.0010 to +.0110

            best trials  NDCG@10  settings
            -----------  -------  --------------------------------
                      1   0.1300  als.factors 91, buy.halfLife 30d
                0 (now)   0.1200  als.factors 64, buy.halfLife 30d

            """,
            Rendered(Report()));

    [Fact]
    public void The_page_of_a_search_has_every_trial()
    {
        string page = TuneMarkdown.Of(Report());

        Assert.Contains("no clear difference; proposed: .batchrecs/tuned/shop.tuned.yaml.", page, StringComparison.Ordinal);
        Assert.Contains("| NDCG@10 | 0.1250 (0.1200 to 0.1300) | 0.1200 (0.1150 to 0.1250) | ", page, StringComparison.Ordinal);
        Assert.Contains("| 0 (now) | 64 | 30d | 0.1200 | 0.1100 | 1.5 | measured |", page, StringComparison.Ordinal);
        Assert.Contains("| 1 (winner) | 91 | 30d | 0.1300 | 0.1150 | 2.0 | measured |", page, StringComparison.Ordinal);
        Assert.Contains("| 2 | 16 | 30d |  | 0.0500 | 0.5 | stopped early |", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.001, 0.003, "better")]
    [InlineData(-0.003, -0.001, "worse")]
    [InlineData(-0.001, 0.001, "no clear difference")]
    public void The_verdict_follows_from_the_interval_of_the_test_period(double low, double high, string verdict)
    {
        var metric = Report().Test[0] with { Difference = new Interval((low + high) / 2, low, high) };

        Assert.Equal(verdict, (Report() with { Test = [metric] }).Verdict);
    }

    static string Rendered(TuneReport report)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        TuneTable.Write(writer, report);
        return writer.ToString();
    }

    static TuneReport Report() => new()
    {
        RunId = 12,
        Job = "jobs/shop.yaml",
        Depth = 10,
        ValidationFrom = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        TestFrom = new DateTimeOffset(2026, 1, 15, 0, 0, 0, TimeSpan.Zero),
        ValidationUsers = 1200,
        Ended = "all trials are made",
        Keys = [new TriedKey("scorers.als.factors", "16", "256", "log"), new TriedKey("events.buy.halfLife", "7d", "730d", "log")],
        Trials =
        [
            new TrialRow(0, ["64", "30d"], TrialOutcome.Measured, 0.11, 0.12, 1.5, ""),
            new TrialRow(1, ["91", "30d"], TrialOutcome.Measured, 0.115, 0.13, 2, ""),
            new TrialRow(2, ["16", "30d"], TrialOutcome.Stopped, 0.05, null, 0.5, ""),
        ],
        Winner = 1,
        Changes = [new ChangedKey("scorers.als.factors", "64", "91")],
        Test =
        [
            new TestedMetric(
                RankingMetric.Ndcg,
                new Interval(0.125, 0.12, 0.13),
                new Interval(0.12, 0.115, 0.125),
                new Interval(0.005, -0.001, 0.011),
                new Interval(0.04, -0.01, 0.09)),
        ],
        TestUsers = 1400,
        Proposed = ".batchrecs/tuned/shop.tuned.yaml",
    };
}
