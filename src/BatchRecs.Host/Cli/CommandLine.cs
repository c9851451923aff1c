using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using BatchRecs.Core.Errors;
using BatchRecs.Host.Cli.Commands;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Cli;

/// <summary>The command line: parses, runs, and turns what went wrong into a message and an exit code.</summary>
static class CommandLine
{
    const string Description =
        $"""
        BatchRecs: recommendations every night, as tables that any application reads with plain SQL.

        {ExitCodes.Help}
        """;

    /// <summary>Builds the commands.</summary>
    public static RootCommand Create(HostServices services) => new(Description)
    {
        DemoCommand.Create(services),
        RunCommand.Create(services),
        ServeCommand.Create(services),
        CheckCommand.Create(services),
        MigrateCommand.Create(services),
        EvaluateCommand.Create(services),
        ExploreCommand.Create(services),
        RecommendCommand.Create(services),
        SimilarCommand.Create(services),
        QualityCommand.Create(services),
        ReleasesCommand.Create(services),
        RunsCommand.Create(services),
        ForgetCommand.Create(services),
        ReadmitCommand.Create(services),
        ExportCommand.Create(services),
    };

    /// <summary>Runs the command that <paramref name="args"/> name.</summary>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunAsync(HostServices services, IReadOnlyList<string> args, CancellationToken token)
    {
        var terminal = services.Terminal;
        // An argument that begins with @ is an argument, not a file of arguments.
        var configuration = new ParserConfiguration { ResponseFileTokenReplacer = null };
        var parse = Create(services).Parse(args.Count == 0 ? ["--help"] : args, configuration);
        if (parse.Errors.Count > 0 && parse.Action is not HelpAction)
        {
            foreach (var error in parse.Errors)
                await terminal.Error.WriteLineAsync($"batchrecs: {error.Message}");
            await terminal.Error.WriteLineAsync($"Help: batchrecs {CommandPath(parse)}--help");
            return ExitCodes.Configuration;
        }
        return await GuardAsync(terminal, () => parse.InvokeAsync(
            new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                // Signals are the process's own business (Program): they cancel the token.
                ProcessTerminationTimeout = null,
                Output = terminal.Out,
                Error = terminal.Error,
            },
            token));
    }

    /// <summary>Runs <paramref name="work"/>; whatever it throws becomes a message and an exit code.</summary>
    public static async Task<int> GuardAsync(Terminal terminal, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (BatchRecsException exception)
        {
            await terminal.Error.WriteLineAsync($"batchrecs: {exception.Message}");
            return exception.ExitCode;
        }
        catch (RunCancelledException exception)
        {
            await terminal.Error.WriteLineAsync($"batchrecs: {exception.Message}");
            return ExitCodes.Cancelled;
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync("batchrecs: cancelled. What is finished is kept: the same command continues from there.");
            return ExitCodes.Cancelled;
        }
        catch (Exception exception)
        {
            await terminal.Error.WriteLineAsync($"batchrecs: this is a bug, please report it with the lines below.\n{exception}");
            return ExitCodes.Bug;
        }
    }

    static string CommandPath(ParseResult parse)
    {
        List<string> names = [];
        for (var result = parse.CommandResult; result?.Parent is not null; result = result.Parent as CommandResult)
            names.Insert(0, result.Command.Name);
        return string.Concat(names.Select(name => $"{name} "));
    }
}
