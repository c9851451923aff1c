using BatchRecs.Core.Data;
using BatchRecs.Host.Cli;
using BatchRecs.Host.Cli.Progress;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.UnitTests.Host;

public sealed class ProgressTests
{
    static readonly StageReport Trained = new(StageName.Train, StageResult.Computed, 12, "sweeps", TimeSpan.FromSeconds(24), "loss 0.118");

    [Fact]
    public void A_step_says_how_much_how_fast_and_how_long_still() =>
        Assert.Equal(
            "3 of 12 sweeps, 0.5/s, 18 s left, loss 0.12",
            ProgressText.Describe(new StageProgress(3, 12, "sweeps", "loss 0.12"), TimeSpan.FromSeconds(6)));

    [Fact]
    public void A_step_of_unknown_length_says_how_much_and_how_fast() =>
        Assert.Equal("66,000 rows, 33,000/s", ProgressText.Describe(new StageProgress(66_000, 0, "rows"), TimeSpan.FromSeconds(2)));

    [Fact]
    public void Plain_progress_writes_a_line_every_ten_seconds_and_one_at_the_end()
    {
        var clock = new ManualClock();
        using var writer = new StringWriter { NewLine = "\n" };
        var progress = new PlainProgress(writer, clock);

        progress.StageStarted(StageName.Train);
        for (int sweep = 1; sweep <= 12; sweep++)
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            progress.Progress(StageName.Train, new StageProgress(sweep, 12, "sweeps"));
        }
        progress.StageFinished(Trained);

        Assert.Equal(
            """
            train: 5 of 12 sweeps, 0.5/s, 14 s left
            train: 10 of 12 sweeps, 0.5/s, 4.0 s left
            train: computed, 12 sweeps in 24 s, loss 0.118

            """,
            writer.ToString());
    }

    [Fact]
    public async Task Progress_is_plain_where_the_terminal_is_not_interactive()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(TextWriter.Null, writer, IsInteractive: false);

        int answer = await ProgressDisplay.ShowAsync(terminal, new ManualClock(), observer =>
        {
            observer.StageStarted(StageName.Train);
            observer.StageFinished(Trained);
            return Task.FromResult(3);
        });

        Assert.Equal(3, answer);
        Assert.Equal("train: computed, 12 sweeps in 24 s, loss 0.118\n", writer.ToString());
    }

    [Fact]
    public async Task Bars_on_a_terminal_end_with_the_finished_stages()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(TextWriter.Null, writer, IsInteractive: true);

        await ProgressDisplay.ShowAsync(terminal, new ManualClock(), observer =>
        {
            observer.StageStarted(StageName.Train);
            observer.Progress(StageName.Train, new StageProgress(6, 12, "sweeps", "loss [0.2]"));
            observer.StageFinished(Trained);
            return Task.FromResult(0);
        });

        Assert.Contains("train: computed, 12 sweeps in 24 s", writer.ToString(), StringComparison.Ordinal);
    }
}
