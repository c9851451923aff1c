using System.CommandLine;
using BatchRecs.Host.Cli.Rendering;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>quality JOB [--last N] [--json]</c></summary>
static class QualityCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services)
    {
        var job = Inputs.Job();
        var last = Inputs.AtLeastOne("--last", "How many nights and releases are shown.", 14);
        var json = Inputs.Json();
        var command = new Command(
            "quality",
            "Show how the served lists of a job did against what users took afterwards, night by night, beside recent popularity.")
        {
            job,
            last,
            json,
        };
        command.SetAction(async (parse, token) =>
        {
            var quality = await services.Engine.Quality(
                services.FindJob(parse.GetRequiredValue(job)), parse.GetValue(last), token);
            if (parse.GetValue(json))
                JsonOutput.Write(services.Terminal.Out, quality);
            else
                QualityTable.Write(services.Terminal.Out, quality, services.Terminal.Width);
            return ExitCodes.Done;
        });
        return command;
    }
}
