using System.CommandLine;
using BatchRecs.Host.Cli.Progress;
using BatchRecs.Host.Cli.Rendering;
using BatchRecs.Host.Reports;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>evaluate JOB [--compare OTHER] [--report FILE] [--json]</c></summary>
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
        var report = new Option<string?>("--report")
        {
            Description = "Where the report goes, an HTML page; the same figures go next to it as JSON. "
                + "By default .batchrecs/reports/NAME-evaluation.html in the project folder.",
            HelpName = "FILE",
        };
        var json = Inputs.Json();
        var command = new Command(
            "evaluate",
            "Measure the lists of a job on the past, beside popularity. Makes no release.") { job, compare, report, json };
        command.SetAction(async (parse, token) =>
        {
            var request = new MeasurementRequest(
                services.FindJob(parse.GetRequiredValue(job)), [.. (parse.GetValue(compare) ?? []).Select(services.FindJob)]);
            var (tables, measured) = await ProgressDisplay.ShowAsync(
                services.Terminal, services.Clock, observer => services.Engine.Evaluate(request, observer, token));
            string recommender = tables[0].Recommender;
            var files = parse.GetValue(report) is { } file
                ? new ReportFiles(Path.GetFullPath(file))
                : ReportFiles.Default(services.ProjectRoot, recommender);
            files.Write(recommender, measured, services.Clock.GetUtcNow());
            if (parse.GetValue(json))
            {
                JsonOutput.Write(services.Terminal.Out, measured);
                return ExitCodes.Done;
            }
            EvaluationTable.WriteAll(services.Terminal.Out, tables, services.Terminal.Width);
            foreach (var other in measured.NotCompared)
                services.Terminal.Out.WriteLine($"Not compared: {other.Name}. {other.Reason}");
            services.Terminal.Out.WriteLine();
            services.Terminal.Out.WriteLine($"Report: {files.Page}");
            return ExitCodes.Done;
        });
        return command;
    }
}
