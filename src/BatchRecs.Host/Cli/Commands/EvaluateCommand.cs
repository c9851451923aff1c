using System.CommandLine;
using BatchRecs.Host.Cli.Progress;
using BatchRecs.Host.Cli.Rendering;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>evaluate JOB [--json]</c></summary>
static class EvaluateCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services)
    {
        var job = Inputs.Job();
        var json = Inputs.Json();
        var command = new Command(
            "evaluate",
            "Measure the lists of a job on the past, beside popularity. Makes no release.") { job, json };
        command.SetAction(async (parse, token) =>
        {
            string path = services.FindJob(parse.GetRequiredValue(job));
            var (tables, report) = await ProgressDisplay.ShowAsync(
                services.Terminal, services.Clock, observer => services.Engine.Evaluate(path, observer, token));
            if (parse.GetValue(json))
                JsonOutput.Write(services.Terminal.Out, report);
            else
                EvaluationTable.WriteAll(services.Terminal.Out, tables, services.Terminal.Width);
            return ExitCodes.Done;
        });
        return command;
    }
}
