using System.CommandLine;
using BatchRecs.Host.Cli.Rendering;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>recommend JOB --user ID [--count N] [--json]</c></summary>
static class RecommendCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services)
    {
        var job = Inputs.Job();
        var user = new Option<string>("--user") { Description = "The user, as in the warehouse.", HelpName = "ID", Required = true };
        var count = Inputs.Count(10);
        var json = Inputs.Json();
        var command = new Command(
            "recommend",
            "Show the list of a user in the current release, as applications read it.") { job, user, count, json };
        command.SetAction(async (parse, token) =>
        {
            string path = services.FindJob(parse.GetRequiredValue(job));
            var list = await services.Engine.Recommend(path, parse.GetRequiredValue(user), parse.GetValue(count), token);
            if (parse.GetValue(json))
                JsonOutput.Write(services.Terminal.Out, list);
            else
                RecommendationTable.Write(services.Terminal.Out, list, services.Terminal.Width);
            return ExitCodes.Done;
        });
        return command;
    }
}
