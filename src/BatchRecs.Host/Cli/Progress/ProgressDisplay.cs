using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Cli.Progress;

/// <summary>Shows the progress of a run in the form that fits where it is shown.</summary>
static class ProgressDisplay
{
    /// <summary>Runs <paramref name="work"/> with bars on a terminal, or with plain lines anywhere else.</summary>
    public static Task<T> ShowAsync<T>(Terminal terminal, TimeProvider clock, Func<IRunObserver, Task<T>> work) =>
        terminal.IsInteractive
            ? TerminalProgress.ShowAsync(terminal.Ansi(), clock, work)
            : work(new PlainProgress(terminal.Error, clock));
}
