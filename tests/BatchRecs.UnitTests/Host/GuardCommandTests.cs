using BatchRecs.Core.Guarding;
using BatchRecs.Pipeline.Runs;
using static BatchRecs.UnitTests.Host.SomeViews;

namespace BatchRecs.UnitTests.Host;

/// <summary>What the command line says and takes of guards: <c>run --override</c> and the verdict in <c>runs show</c>.</summary>
public sealed class GuardCommandTests : CommandTests
{
    [Fact]
    public async Task An_override_hands_over_who_asks_and_why_and_needs_a_reason()
    {
        RunRequest? asked = null;
        var engine = TestEngine.Unable with
        {
            Run = (request, _, _) =>
            {
                asked = request;
                return Task.FromResult(Outcome());
            },
        };

        int code = await RunAsync(engine, "run", _job, "--override", "the sale began");
        int blank = await RunAsync(engine, "run", _job, "--override", " ");

        Assert.Equal((0, 2), (code, blank));
        Assert.Equal(new OverrideRequest($"{Environment.UserName}@{Environment.MachineName} via cli", "the sale began"), asked!.Override);
        Assert.Contains("--override needs a reason, for those who ask later.", $"{_error}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_shows_its_verdict_rule_by_rule_and_who_overrode_it()
    {
        var run = Run() with
        {
            Rules =
            [
                new GuardRule("input.rows", 650, 700, false, "650 events were read."),
                new GuardRule("champion", null, 0, true, "Nothing is compared."),
                new GuardRule("minUsers", 123.45678, 1, true, "Enough."),
            ],
            Overridden = "published although refused, 2026-03-02 02:01:00 UTC by anna@etl1 via cli (a sale)",
        };
        var engine = TestEngine.Unable with { ShowRun = (_, _, _) => Task.FromResult(run) };

        await RunAsync(engine, "runs", "show", _job);

        Assert.EndsWith(
            """
            The store does not answer.
            published although refused, 2026-03-02 02:01:00 UTC by anna@etl1 via cli (a sale)

            stage    result            rows   time   rate  note
            -------  --------  ------------  -----  -----  ----
            extract  computed  1,000 events  2.0 s  500/s

            rule        result        figure  limit  what was found
            ----------  ----------  --------  -----  ---------------------
            input.rows  overridden       650    700  650 events were read.
            champion    passed                       Nothing is compared.
            minUsers    passed      123.4568      1  Enough.

            """,
            $"{_out}",
            StringComparison.Ordinal);
    }
}
