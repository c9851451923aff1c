using System.CommandLine;
using BatchRecs.Host.Cli.Rendering;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>runs list|show|cancel|rejected JOB</c></summary>
static class RunsCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services) => new("runs", "The runs of a job: how they ended and what their stages did.")
    {
        List(services),
        Show(services),
        RunsRejectedCommand.Create(services),
        Cancel(services),
    };

    static Command List(HostServices services)
    {
        string[] states = [.. Enum.GetValues<RunState>().Select(Words.Of)];
        var job = Inputs.Job();
        var state = new Option<string?>("--state")
        {
            Description = $"Only runs in this state: {string.Join(", ", states)}.",
            HelpName = "STATE",
        };
        state.AcceptOnlyFromAmong(states);
        var count = Inputs.Count(20);
        var json = Inputs.Json();
        var command = new Command("list", "List the runs of a job, newest first.") { job, state, count, json };
        command.SetAction(async (parse, token) =>
        {
            string path = services.FindJob(parse.GetRequiredValue(job));
            var runs = await services.Engine.ListRuns(path, parse.GetValue(state), parse.GetValue(count), token);
            if (parse.GetValue(json))
                JsonOutput.Write(services.Terminal.Out, runs);
            else
                RunTable.Write(services.Terminal.Out, runs, services.Terminal.Width);
            return ExitCodes.Done;
        });
        return command;
    }

    static Command Show(HostServices services)
    {
        var job = Inputs.Job();
        var run = new Option<long?>("--run") { Description = "Which run; without it, the newest.", HelpName = "ID" };
        var json = Inputs.Json();
        var command = new Command("show", "Show one run and its stages.") { job, run, json };
        command.SetAction(async (parse, token) =>
        {
            var row = await services.Engine.ShowRun(services.FindJob(parse.GetRequiredValue(job)), parse.GetValue(run), token);
            if (parse.GetValue(json))
                JsonOutput.Write(services.Terminal.Out, row);
            else
                RunTable.WriteDetails(services.Terminal.Out, row, services.Terminal.Width);
            return ExitCodes.Done;
        });
        return command;
    }

    static Command Cancel(HostServices services)
    {
        var job = Inputs.Job();
        var run = new Option<long?>("--run") { Description = "Which run; without it, the one under way.", HelpName = "ID" };
        var reason = new Option<string?>("--reason") { Description = "Why, for the ledger.", HelpName = "TEXT" };
        var json = Inputs.Json();
        var command = new Command(
            "cancel",
            "Cancel the run of a job that is under way, on whatever machine. Finished stages are kept: running again goes on.")
        {
            job,
            run,
            reason,
            json,
        };
        command.SetAction(async (parse, token) =>
        {
            var cancelled = await services.Engine.CancelRun(
                services.FindJob(parse.GetRequiredValue(job)), parse.GetValue(run), parse.GetValue(reason), token);
            if (parse.GetValue(json))
                JsonOutput.Write(services.Terminal.Out, cancelled);
            else
                await services.Terminal.Out.WriteLineAsync(
                    $"run {cancelled.RunId} of {cancelled.Recommender}: {cancelled.Message}");
            return ExitCodes.Done;
        });
        return command;
    }
}
