using System.CommandLine;
using BatchRecs.Host.Cli.Progress;
using BatchRecs.Host.Cli.Rendering;
using BatchRecs.Host.Cli.Views;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>run JOB [--as-of TIME] [--from STAGE] [--fresh] [--dry-run] [--json]</c></summary>
static class RunCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services)
    {
        string[] stages = [.. Enum.GetValues<StageName>().Select(Words.Of)];
        var job = Inputs.Job();
        var asOf = Inputs.AsOf();
        var from = new Option<string?>("--from")
        {
            Description = $"Compute this stage and all later ones anew: {string.Join(", ", stages)}. "
                + "Otherwise what is finished on disk is used.",
            HelpName = "STAGE",
        };
        from.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, stages);
        var fresh = new Option<bool>("--fresh") { Description = "Use nothing that is on disk." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Do everything but publish." };
        var json = Inputs.Json();
        var command = new Command("run", "Run a refresh job now: from the events in the warehouse to a new release.")
        {
            job,
            asOf,
            from,
            fresh,
            dryRun,
            json,
        };
        command.SetAction(async (parse, token) =>
        {
            var request = new RunRequest(
                services.FindJob(parse.GetRequiredValue(job)),
                parse.GetValue(asOf),
                parse.GetValue(from) is { } stage ? Enum.Parse<StageName>(stage, ignoreCase: true) : null,
                parse.GetValue(fresh),
                parse.GetValue(dryRun));
            var outcome = await ProgressDisplay.ShowAsync(
                services.Terminal, services.Clock, observer => services.Engine.Run(request, observer, token));
            if (parse.GetValue(json))
                JsonOutput.Write(services.Terminal.Out, RunOutcomeView.Of(outcome));
            else
                StageTable.WriteOutcome(services.Terminal.Out, outcome, services.Terminal.Width);
            return outcome.ExitCode;
        });
        return command;
    }
}
