using System.CommandLine;
using BatchRecs.Host.Cli.Progress;
using BatchRecs.Host.Cli.Rendering;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>evaluate JOB [--compare OTHER] [--json]</c></summary>
static class EvaluateCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services)
    {
        var job = Inputs.Job();
        var compare = new Option<string[]>("--compare")
        {
            Description = "Another job file with the same sources, whose lists are measured beside; may be given several times.",
            HelpName = "OTHER",
        };
        var json = Inputs.Json();
        var command = new Command(
            "evaluate",
            "Measure the lists of a job on the past, beside popularity. Makes no release.") { job, compare, json };
        command.SetAction(async (parse, token) =>
        {
            var request = new MeasurementRequest(
                services.FindJob(parse.GetRequiredValue(job)), [.. (parse.GetValue(compare) ?? []).Select(services.FindJob)]);
            var (tables, report) = await ProgressDisplay.ShowAsync(
                services.Terminal, services.Clock, observer => services.Engine.Evaluate(request, observer, token));
            if (parse.GetValue(json))
                JsonOutput.Write(services.Terminal.Out, report);
            else
                EvaluationTable.WriteAll(services.Terminal.Out, tables, services.Terminal.Width);
            return ExitCodes.Done;
        });
        return command;
    }
}
