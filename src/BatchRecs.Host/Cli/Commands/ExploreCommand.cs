using System.CommandLine;
using BatchRecs.Host.Cli.Rendering;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>explore report JOB [--json]</c></summary>
static class ExploreCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services) => new("explore", "Drawn items in lists: what they brought.") { Report(services) };

    static Command Report(HostServices services)
    {
        var job = Inputs.Job();
        var json = Inputs.Json();
        var command = new Command(
            "report",
            "Say what drawn items brought, and what other policies would have had in their place. The job names the log.") { job, json };
        command.SetAction(async (parse, token) =>
        {
            var findings = await services.Engine.MeasureExploration(services.FindJob(parse.GetRequiredValue(job)), token);
            if (parse.GetValue(json))
                JsonOutput.Write(services.Terminal.Out, findings);
            else
                ExplorationTable.Write(services.Terminal.Out, findings, services.Terminal.Width);
            return ExitCodes.Done;
        });
        return command;
    }
}
