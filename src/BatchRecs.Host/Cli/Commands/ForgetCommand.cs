using System.CommandLine;
using System.Globalization;
using BatchRecs.Store.Privacy;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>forget --user ID [--job JOB] [--json]</c></summary>
static class ForgetCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services)
    {
        var user = Inputs.User();
        var job = Inputs.OnlyJob();
        var json = Inputs.Json();
        var command = new Command(
            "forget",
            "Remove a user from every release, artifact and rejected row, at once, and keep them out of every later run; prints a receipt "
            + "that names nobody. The next run computes anew.") { user, job, json };
        command.SetAction(async (parse, token) =>
        {
            var receipts = await services.Engine.Forget(
                parse.GetRequiredValue(user), Inputs.Find(services, parse.GetValue(job)), token);
            if (parse.GetValue(json))
                JsonOutput.Write(services.Terminal.Out, receipts);
            else
                foreach (var receipt in receipts)
                    await services.Terminal.Out.WriteLineAsync(Text(receipt));
            return ExitCodes.Done;
        });
        return command;
    }

    static string Text(Erasure receipt)
    {
        var counts = receipt.Counts;
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"receipt {receipt.Receipt} of {receipt.Recommender}, {receipt.At:u}, asked for by {receipt.RequestedBy}: removed "
            + $"{Numbers.Quantity(counts.Releases.Sum(release => release.Rows), "rows")} of "
            + $"{Numbers.Quantity(counts.Releases.Count(release => release.Rows > 0), "releases")}, "
            + $"{Numbers.Quantity(counts.QuarantinedRows, "rejected rows")}, {Numbers.Quantity(counts.Artifacts, "artifacts")}");
        foreach (var blocked in counts.Releases.Where(release => release.Blocked))
            text += $"; release {blocked.ReleaseId} could not be cleaned, cannot be rolled back to and is removed by the next run";
        return counts.Compacted ? text : text + "; the store keeps the space of removed rows until it is vacuumed";
    }
}
