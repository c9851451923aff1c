using System.CommandLine;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>migrate [--script | --recreate RECOMMENDER]</c></summary>
static class MigrateCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services)
    {
        var script = new Option<bool>("--script")
        {
            Description = "Change nothing; write all DDL and GRANTs as one SQL script to standard output, for a database administrator.",
        };
        var recreate = new Option<string?>("--recreate")
        {
            Description = "Remove this recommender's tables, views and all its releases, so that the next run makes them anew: "
                + "the way to other types of ids. Readers find nothing until then.",
            HelpName = "RECOMMENDER",
        };
        var command = new Command("migrate", "Create or update the tables that BatchRecs needs in the serving stores of all jobs.")
        {
            script,
            recreate,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(script) && result.GetValue(recreate) is not null)
                result.AddError("--script changes nothing and --recreate removes tables: ask for one of them.");
        });
        command.SetAction(async (parse, token) =>
        {
            var writer = services.Terminal.Out;
            if (parse.GetValue(script))
            {
                await writer.WriteLineAsync(await services.Engine.MigrationScript(token));
                return ExitCodes.Done;
            }
            var done = parse.GetValue(recreate) is { } recommender
                ? await services.Engine.Recreate(recommender, token)
                : await services.Engine.Migrate(token);
            foreach (string line in done)
                await writer.WriteLineAsync(line);
            return ExitCodes.Done;
        });
        return command;
    }
}
