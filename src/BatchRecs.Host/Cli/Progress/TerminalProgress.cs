using BatchRecs.Core.Data;
using BatchRecs.Host.Cli.Rendering;
using BatchRecs.Pipeline.Runs;
using Spectre.Console;

namespace BatchRecs.Host.Cli.Progress;

/// <summary>Progress as bars that are redrawn on a terminal: one bar per stage, with rate and time left.</summary>
sealed class TerminalProgress(ProgressContext context, TimeProvider clock) : IRunObserver
{
    readonly Lock _lock = new();
    ProgressTask? _bar;
    long _stageStarted;

    /// <summary>Shows bars on <paramref name="console"/> while <paramref name="work"/> runs.</summary>
    public static Task<T> ShowAsync<T>(IAnsiConsole console, TimeProvider clock, Func<IRunObserver, Task<T>> work) =>
        console.Progress()
            .Columns(
                new SpinnerColumn(),
                new ProgressBarColumn { Width = 24 },
                new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context => work(new TerminalProgress(context, clock)));

    /// <inheritdoc/>
    public void StageStarted(StageName stage)
    {
        lock (_lock)
        {
            _stageStarted = clock.GetTimestamp();
            _bar = context.AddTask(Words.Of(stage)).IsIndeterminate();
        }
    }

    /// <inheritdoc/>
    public void Progress(StageName stage, StageProgress progress)
    {
        lock (_lock)
        {
            if (_bar is not { } bar)
                return;
            bar.IsIndeterminate = progress.Total <= 0;
            bar.MaxValue = Math.Max(progress.Total, 1);
            bar.Value = progress.Done;
            bar.Description = Markup.Escape($"{Words.Of(stage)}: {ProgressText.Describe(progress, clock.GetElapsedTime(_stageStarted))}");
        }
    }

    /// <inheritdoc/>
    public void StageFinished(StageReport report)
    {
        lock (_lock)
        {
            if (_bar is not { } bar)
                return;
            bar.IsIndeterminate = false;
            bar.Value = bar.MaxValue;
            bar.Description = Markup.Escape(ProgressText.Describe(report));
            bar.StopTask();
            _bar = null;
        }
    }
}
