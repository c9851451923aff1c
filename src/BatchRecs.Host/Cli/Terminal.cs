using Spectre.Console;

namespace BatchRecs.Host.Cli;

/// <summary>Where a command writes: answers to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
/// <param name="Out">The answer, for people or (with <c>--json</c>) for scripts.</param>
/// <param name="Error">Progress, warnings, errors.</param>
/// <param name="IsInteractive">True if <paramref name="Error"/> is a terminal on which lines can be redrawn.</param>
/// <param name="Width">Columns that a table may fill.</param>
sealed record Terminal(TextWriter Out, TextWriter Error, bool IsInteractive, int Width)
{
    /// <summary>Columns where the width is unknown: a pipe, a file.</summary>
    public const int DefaultWidth = 100;

    /// <summary>Opens the console of this process.</summary>
    public static Terminal Open()
    {
        bool interactive = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        int width = Console.IsOutputRedirected ? DefaultWidth : ConsoleWidth();
        return new Terminal(Console.Out, Console.Error, interactive, Math.Clamp(width, 60, 160));
    }

    /// <summary>Opens a Spectre console on <see cref="Error"/>, for what is redrawn.</summary>
    public IAnsiConsole Ansi() => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Error),
        Interactive = IsInteractive ? InteractionSupport.Yes : InteractionSupport.No,
    });

    static int ConsoleWidth()
    {
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : DefaultWidth;
        }
        catch (IOException)
        {
            return DefaultWidth;
        }
    }
}
