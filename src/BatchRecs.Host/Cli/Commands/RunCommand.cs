using System.CommandLine;
using BatchRecs.Core.Errors;
using BatchRecs.Host.Cli.Progress;
using BatchRecs.Host.Cli.Rendering;
using BatchRecs.Host.Cli.Views;
using BatchRecs.Host.Engines;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Cli.Commands;

/// <summary>
/// <c>run JOB [--as-of TIME] [--from STAGE] [--fresh] [--dry-run] [--override REASON] [--json]</c>, for jobs of every kind.
/// </summary>
static class RunCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services)
    {
        var job = Inputs.Job();
        var asOf = Inputs.AsOf();
        var from = From();
        var fresh = new Option<bool>("--fresh") { Description = "Use nothing that is on disk." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Do everything but publish; of a prune job: only say what would go." };
        var overrideReason = Override();
        var json = Inputs.Json();
        var command = new Command(
            "run",
            "Run a job now: a refresh, from the events in the warehouse to a new release; trending lists alone; a search for better "
            + "settings; or a prune, which removes what is old.")
        {
            job, asOf, from, fresh, dryRun, overrideReason, json,
        };
        command.SetAction(async (parse, token) =>
        {
            string path = services.FindJob(parse.GetRequiredValue(job));
            var kind = services.Engine.KindOf(path);
            if (kind == JobKind.Tune && (parse.GetValue(dryRun) || parse.GetValue(overrideReason) is not null))
                throw new ConfigurationException("--dry-run and --override are for jobs that publish; a tune job publishes nothing.");
            if (kind == JobKind.Prune)
            {
                if (parse.GetValue(asOf) is not null
                    || parse.GetValue(from) is not null
                    || parse.GetValue(fresh)
                    || parse.GetValue(overrideReason) is not null)
                    throw new ConfigurationException(
                        "--as-of, --from, --fresh and --override are for refresh jobs; a prune job takes --dry-run only.");
                return await PruneAsync(services, path, parse.GetValue(dryRun), parse.GetValue(json), token);
            }
            var request = new RunRequest(
                path,
                parse.GetValue(asOf),
                parse.GetValue(from) is { } stage ? Enum.Parse<StageName>(stage, ignoreCase: true) : null,
                parse.GetValue(fresh),
                parse.GetValue(dryRun),
                Override: parse.GetValue(overrideReason) is { } reason ? new OverrideRequest(LedgerQueries.Operator, reason) : null);
            return await RefreshAsync(services, request, parse.GetValue(json), token);
        });
        return command;
    }

    static Option<string?> Override()
    {
        var option = new Option<string?>("--override")
        {
            Description = "Publish although guards refuse, and say why: the ledger and the release record who, when and the reason. "
                + "Rows that are no numbers, and a release that is not whole, are never published.",
            HelpName = "REASON",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var reason }] && string.IsNullOrWhiteSpace(reason))
                result.AddError("--override needs a reason, for those who ask later.");
        });
        return option;
    }

    static Option<string?> From()
    {
        string[] stages = [.. Enum.GetValues<StageName>().Select(Words.Of)];
        var from = new Option<string?>("--from")
        {
            Description = $"Compute this stage and all later ones anew: {string.Join(", ", stages)}. "
                + "Otherwise what is finished on disk is used.",
            HelpName = "STAGE",
        };
        from.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, stages);
        return from;
    }

    static async Task<int> RefreshAsync(HostServices services, RunRequest request, bool isJson, CancellationToken token)
    {
        var outcome = await ProgressDisplay.ShowAsync(
            services.Terminal, services.Clock, observer => services.Engine.Run(request, observer, token));
        if (isJson)
            JsonOutput.Write(services.Terminal.Out, RunOutcomeView.Of(outcome));
        else
            StageTable.WriteOutcome(services.Terminal.Out, outcome, services.Terminal.Width);
        if (outcome.Tuned is { } tuned && !isJson)
            TuneTable.Write(services.Terminal.Out, tuned, services.Terminal.Width);
        return outcome.ExitCode;
    }

    static async Task<int> PruneAsync(HostServices services, string path, bool isDryRun, bool isJson, CancellationToken token)
    {
        var outcome = await services.Engine.Prune(path, isDryRun, token);
        if (isJson)
            JsonOutput.Write(services.Terminal.Out, outcome);
        else
            PruneReport.Write(services.Terminal.Out, outcome);
        return ExitCodes.Done;
    }
}
