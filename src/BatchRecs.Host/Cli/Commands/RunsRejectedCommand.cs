using System.CommandLine;
using BatchRecs.Host.Cli.Rendering;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>runs rejected JOB</c></summary>
static class RunsRejectedCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services)
    {
        var job = Inputs.Job();
        var run = new Option<long?>("--run") { Description = "Which run; without it, the newest.", HelpName = "ID" };
        var count = Inputs.Count(50);
        var json = Inputs.Json();
        var command = new Command(
            "rejected", "List rows that a run could not use, with their user ids: a sample per source and reason (rejects.sample).")
        {
            job,
            run,
            count,
            json,
        };
        command.SetAction(async (parse, token) =>
        {
            var view = await services.Engine.ListRejected(
                services.FindJob(parse.GetRequiredValue(job)), parse.GetValue(run), parse.GetValue(count), token);
            if (parse.GetValue(json))
                JsonOutput.Write(services.Terminal.Out, view);
            else
                RejectedTable.Write(services.Terminal.Out, view, services.Terminal.Width);
            return ExitCodes.Done;
        });
        return command;
    }
}
