using System.CommandLine;
using BatchRecs.Host.Cli.Progress;
using BatchRecs.Host.Cli.Rendering;
using BatchRecs.Host.Demo;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>demo [retail|movies]</c></summary>
static class DemoCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services)
    {
        string[] names = [.. DemoSample.All.Select(sample => sample.Name)];
        var name = new Argument<string>("SAMPLE")
        {
            Description = "Which of the samples: retail (purchases of a gift shop) or movies (ratings of films).",
            DefaultValueFactory = _ => names[0],
        };
        name.AcceptOnlyFromAmong(names);
        var command = new Command("demo", "Load a sample into a SQLite file, run its job, and show what came out of it.") { name };
        command.SetAction(async (parse, token) =>
        {
            var sample = DemoSample.All.Single(candidate => candidate.Name == parse.GetRequiredValue(name));
            var demo = await ProgressDisplay.ShowAsync(
                services.Terminal, services.Clock, observer => services.Engine.Demo(sample, observer, token));
            DemoReport.Write(services.Terminal.Out, demo, services.Terminal.Width);
            return demo.Outcome.ExitCode;
        });
        return command;
    }
}
