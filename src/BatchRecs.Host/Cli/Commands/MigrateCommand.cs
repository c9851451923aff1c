using System.CommandLine;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>migrate [--script]</c></summary>
static class MigrateCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services)
    {
        var script = new Option<bool>("--script")
        {
            Description = "Change nothing; write all DDL and GRANTs as one SQL script to standard output, for a database administrator.",
        };
        var command = new Command("migrate", "Create or update the tables that BatchRecs needs in the serving stores of all jobs.")
        {
            script,
        };
        command.SetAction(async (parse, token) =>
        {
            var writer = services.Terminal.Out;
            if (parse.GetValue(script))
                await writer.WriteLineAsync(await services.Engine.MigrationScript(token));
            else
                foreach (string line in await services.Engine.Migrate(token))
                    await writer.WriteLineAsync(line);
            return ExitCodes.Done;
        });
        return command;
    }
}
