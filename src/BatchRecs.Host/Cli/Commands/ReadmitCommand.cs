using System.CommandLine;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>readmit --user ID [--job JOB]</c></summary>
static class ReadmitCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services)
    {
        var user = Inputs.User();
        var job = Inputs.OnlyJob();
        var command = new Command(
            "readmit",
            "Let a user who was forgotten come back with the next run, as a customer who returns. What was removed stays removed; a user "
            + "whom the job's list of people to forget still names is forgotten again.") { user, job };
        command.SetAction(async (parse, token) =>
        {
            var names = await services.Engine.Readmit(parse.GetRequiredValue(user), Inputs.Find(services, parse.GetValue(job)), token);
            await services.Terminal.Out.WriteLineAsync(names.Count == 0
                ? "This user was not forgotten; nothing has changed."
                : $"From the next run on {string.Join(", ", names)} may learn from this user again.");
            return ExitCodes.Done;
        });
        return command;
    }
}
