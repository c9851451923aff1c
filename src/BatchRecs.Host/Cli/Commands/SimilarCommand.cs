using System.CommandLine;
using BatchRecs.Host.Cli.Rendering;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>similar JOB --item ID [--count N] [--json]</c></summary>
static class SimilarCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services)
    {
        var job = Inputs.Job();
        var item = new Option<string>("--item") { Description = "The item, as in the warehouse.", HelpName = "ID", Required = true };
        var count = Inputs.Count(10);
        var json = Inputs.Json();
        var command = new Command(
            "similar",
            "Show the items most similar to an item in the current release, as applications read them.") { job, item, count, json };
        command.SetAction(async (parse, token) =>
        {
            string path = services.FindJob(parse.GetRequiredValue(job));
            var list = await services.Engine.Similar(path, parse.GetRequiredValue(item), parse.GetValue(count), token);
            if (parse.GetValue(json))
                JsonOutput.Write(services.Terminal.Out, list);
            else
                RecommendationTable.Write(services.Terminal.Out, list, services.Terminal.Width);
            return ExitCodes.Done;
        });
        return command;
    }
}
