using System.CommandLine;
using BatchRecs.Core.Errors;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>export --user ID [--job JOB] [--output FILE]</c></summary>
static class ExportCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services)
    {
        var user = Inputs.User();
        var job = Inputs.OnlyJob();
        var output = new Option<string?>("--output")
        {
            Description = "Write to this new file, which only you may read; without it, to standard output.",
            HelpName = "FILE",
        };
        var command = new Command(
            "export",
            "Write everything that is held about one user, and nothing of anybody else, as JSON that explains itself.")
        {
            user,
            job,
            output,
        };
        command.SetAction(async (parse, token) =>
        {
            var data = await services.Engine.Export(parse.GetRequiredValue(user), Inputs.Find(services, parse.GetValue(job)), token);
            if (parse.GetValue(output) is not { } path)
            {
                JsonOutput.Write(services.Terminal.Out, data);
                return ExitCodes.Done;
            }
            await using (var file = Open(path))
                JsonOutput.Write(file, data);
            await services.Terminal.Out.WriteLineAsync($"{path}: {data.Summary}");
            return ExitCodes.Done;
        });
        return command;
    }

    static StreamWriter Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new StreamWriter(path, options);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                $"--output {path}: the file cannot be made: {error.Message} Name one that does not exist yet.", error);
        }
    }
}
