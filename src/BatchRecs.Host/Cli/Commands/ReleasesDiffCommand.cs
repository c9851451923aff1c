using System.CommandLine;
using BatchRecs.Host.Cli.Rendering;
using BatchRecs.Host.Cli.Views;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>releases diff JOB A B [--depth N] [--top N] [--users] [--json]</c></summary>
static class ReleasesDiffCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services)
    {
        var job = Inputs.Job();
        var before = new Argument<long>("A") { Description = "The older release." };
        var after = new Argument<long>("B") { Description = "The newer release." };
        var depth = Inputs.AtLeastOne("--depth", "How many ranks are compared.", 10);
        var top = Inputs.AtLeastOne("--top", "How many items (and users) are named.", 10);
        var users = new Option<bool>("--users") { Description = "Name the users whose lists changed most." };
        var json = Inputs.Json();
        var command = new Command("diff", "Show how the lists of two releases differ: overlap, items in and out, items shown more or less.")
        {
            job,
            before,
            after,
            depth,
            top,
            users,
            json,
        };
        command.SetAction(async (parse, token) =>
        {
            var limits = new DiffLimits(parse.GetValue(depth), parse.GetValue(top), parse.GetValue(users));
            var difference = await services.Engine.DiffReleases(
                services.FindJob(parse.GetRequiredValue(job)), parse.GetValue(before), parse.GetValue(after), limits, token);
            if (parse.GetValue(json))
                JsonOutput.Write(services.Terminal.Out, difference);
            else
                ReleaseDifferenceTable.Write(services.Terminal.Out, difference, services.Terminal.Width);
            return ExitCodes.Done;
        });
        return command;
    }
}
