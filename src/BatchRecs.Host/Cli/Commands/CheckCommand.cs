using System.CommandLine;
using BatchRecs.Host.Cli.Rendering;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>check [JOB...] [--json]</c></summary>
static class CheckCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services)
    {
        var jobs = new Argument<string[]>("JOB")
        {
            Description = "The jobs to check: paths, or bare names of files in jobs/. Without any: all jobs and schedules.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var json = Inputs.Json();
        var command = new Command(
            "check",
            "Say what is wrong in job files and connections, what a run will cost, and whether the data suffice. Changes nothing.")
        {
            jobs,
            json,
        };
        command.SetAction(async (parse, token) =>
        {
            string[] paths = [.. (parse.GetValue(jobs) ?? []).Select(services.FindJob)];
            var checks = await services.Engine.Check(paths, token);
            if (parse.GetValue(json))
                JsonOutput.Write(services.Terminal.Out, checks);
            else
                foreach (var check in checks)
                    CheckReport.Write(services.Terminal.Out, check);
            return checks.Any(check => check.HasErrors) ? ExitCodes.Configuration : ExitCodes.Done;
        });
        return command;
    }
}
