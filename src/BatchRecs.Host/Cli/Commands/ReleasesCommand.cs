using System.CommandLine;
using BatchRecs.Host.Cli.Rendering;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>releases list|show|diff|rollback JOB</c></summary>
static class ReleasesCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services) => new(
        "releases",
        "The releases of a recommender: what is there, what is current, the way back.")
    {
        List(services),
        Show(services),
        ReleasesDiffCommand.Create(services),
        Rollback(services),
    };

    static Command List(HostServices services)
    {
        var job = Inputs.Job();
        var json = Inputs.Json();
        var command = new Command("list", "List the releases of a job, newest first.") { job, json };
        command.SetAction(async (parse, token) =>
        {
            var releases = await services.Engine.ListReleases(services.FindJob(parse.GetRequiredValue(job)), token);
            if (parse.GetValue(json))
                JsonOutput.Write(services.Terminal.Out, releases);
            else
                ReleaseTable.Write(services.Terminal.Out, releases, services.Terminal.Width);
            return ExitCodes.Done;
        });
        return command;
    }

    static Command Show(HostServices services)
    {
        var job = Inputs.Job();
        var release = new Option<long?>("--release") { Description = "Which release; without it, the current one.", HelpName = "ID" };
        var json = Inputs.Json();
        var command = new Command("show", "Show one release: its figures and the job file that made it.") { job, release, json };
        command.SetAction(async (parse, token) =>
        {
            var row = await services.Engine.ShowRelease(services.FindJob(parse.GetRequiredValue(job)), parse.GetValue(release), token);
            if (parse.GetValue(json))
                JsonOutput.Write(services.Terminal.Out, row);
            else
                ReleaseTable.WriteDetails(services.Terminal.Out, row);
            return ExitCodes.Done;
        });
        return command;
    }

    static Command Rollback(HostServices services)
    {
        var job = Inputs.Job();
        var to = new Option<long?>("--to")
        {
            Description = "The release to make current; without it, the one before the current one.",
            HelpName = "ID",
        };
        var reason = new Option<string?>("--reason") { Description = "Why, for the list of releases.", HelpName = "TEXT" };
        var json = Inputs.Json();
        var command = new Command(
            "rollback",
            "Make another release current again, older or newer. Readers see it at once; nothing is deleted.")
        {
            job,
            to,
            reason,
            json,
        };
        command.SetAction(async (parse, token) =>
        {
            var rollback = await services.Engine.Rollback(
                services.FindJob(parse.GetRequiredValue(job)), parse.GetValue(to), parse.GetValue(reason), token);
            if (parse.GetValue(json))
            {
                JsonOutput.Write(services.Terminal.Out, rollback);
                return ExitCodes.Done;
            }
            var writer = services.Terminal.Out;
            await writer.WriteLineAsync(
                $"{rollback.Recommender}: release {rollback.ToReleaseId} is current, in place of release {rollback.FromReleaseId}");
            if (rollback.ToReleaseId < rollback.FromReleaseId)
                await writer.WriteLineAsync(
                    $"Runs do not publish release {rollback.FromReleaseId} again; they publish what is new.");
            return ExitCodes.Done;
        });
        return command;
    }
}
