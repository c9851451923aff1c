using Spectre.Console;

namespace BatchRecs.Host.Cli;

/// <summary>Where a command writes: answers to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
/// <param name="Out">The answer, for people or (with <c>--json</c>) for scripts.</param>
/// <param name="Error">Progress, warnings, errors.</param>
/// <param name="IsInteractive">True if <paramref name="Error"/> is a terminal on which lines can be redrawn.</param>
/// <param name="Width">Columns of <paramref name="Out"/>; no limit where it is a file or a pipe: there a row stays one line.</param>
sealed record Terminal(TextWriter Out, TextWriter Error, bool IsInteractive, int Width = TextTable.NoLimit)
{
    /// <summary>What a terminal that does not say its width is taken for.</summary>
    const int UsualWidth = 80;

    /// <summary>Opens the console of this process.</summary>
    public static Terminal Open() => new(
        Console.Out,
        Console.Error,
        !Console.IsErrorRedirected && CanRedraw(Environment.GetEnvironmentVariable("TERM")),
        Console.IsOutputRedirected ? TextTable.NoLimit : ConsoleWidth());

    /// <summary>Elsewhere than on Windows a terminal that redraws lines has a name.</summary>
    static bool CanRedraw(string? term) => OperatingSystem.IsWindows() || term is not (null or "" or "dumb");

    static int ConsoleWidth() => Console.WindowWidth > 0 ? Console.WindowWidth : UsualWidth;

    /// <summary>Opens a Spectre console on <see cref="Error"/>, for what is redrawn.</summary>
    public IAnsiConsole Ansi() => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Error),
        Interactive = IsInteractive ? InteractionSupport.Yes : InteractionSupport.No,
        // Whether lines can be redrawn was settled when the terminal was opened; only Windows consoles differ among themselves.
        Ansi = IsInteractive && !OperatingSystem.IsWindows() ? AnsiSupport.Yes : AnsiSupport.Detect,
    });
}
