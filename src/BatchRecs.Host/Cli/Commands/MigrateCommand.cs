using System.CommandLine;
using BatchRecs.Host.Cli.Rendering;
using BatchRecs.Store.Migrations;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>migrate [--script | --roles [--print] | --recreate RECOMMENDER] [--etl NAME] [--reader NAME]</c></summary>
static class MigrateCommand
{
    static readonly RoleNames Defaults = new();

    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services)
    {
        var script = new Option<bool>("--script")
        {
            Description = "Change nothing; write all DDL and GRANTs as one SQL script to standard output, for a database administrator. "
                + "It may be run again over an older installation.",
        };
        var grant = new Option<bool>("--roles")
        {
            Description = "Set up the writing and the reading role in the PostgreSQL stores of all jobs, as far as the connected role may; "
                + "what it may not do is written as SQL for a database administrator.",
        };
        var print = new Option<bool>("--print") { Description = "With --roles: change nothing, write every statement." };
        var etl = Role("--etl", Defaults.Etl, "The role that BatchRecs connects as; it owns both schemas.");
        var reader = Role("--reader", Defaults.Reader, "The role of applications; it reads the contract's schema and nothing else.");
        var recreate = Recreate();
        var command = new Command("migrate", "Create or update the tables that BatchRecs needs in the serving stores of all jobs.")
        {
            script, grant, print, etl, reader, recreate,
        };
        command.Validators.Add(result =>
        {
            bool[] ways = [result.GetValue(script), result.GetValue(grant), result.GetValue(recreate) is not null];
            if (ways.Count(way => way) > 1)
                result.AddError("--script changes nothing, --roles grants rights and --recreate removes tables: ask for one of them.");
            if (result.GetValue(print) && !result.GetValue(grant))
                result.AddError("--print goes with --roles.");
        });
        command.SetAction(async (parse, token) =>
        {
            var roles = new RoleNames(parse.GetRequiredValue(etl), parse.GetRequiredValue(reader));
            if (parse.GetValue(script))
                await services.Terminal.Out.WriteLineAsync(await services.Engine.MigrationScript(roles, token));
            else if (parse.GetValue(grant))
                await GrantAsync(services, roles, isPrint: parse.GetValue(print), token);
            else
                await ChangeAsync(services, parse.GetValue(recreate), token);
            return ExitCodes.Done;
        });
        return command;
    }

    static async Task GrantAsync(HostServices services, RoleNames roles, bool isPrint, CancellationToken token)
    {
        foreach (var store in await services.Engine.Grant(roles, !isPrint, token))
            RightsText.Write(services.Terminal.Out, store, applied: !isPrint);
    }

    static async Task ChangeAsync(HostServices services, string? recreated, CancellationToken token)
    {
        var done = recreated is { } recommender
            ? await services.Engine.Recreate(recommender, token)
            : await services.Engine.Migrate(token);
        foreach (string line in done)
            await services.Terminal.Out.WriteLineAsync(line);
    }

    static Option<string?> Recreate() => new("--recreate")
    {
        Description = "Remove this recommender's tables, views and all its releases, so that the next run makes them anew: "
            + "the way to other types of ids. Readers find nothing until then.",
        HelpName = "RECOMMENDER",
    };

    static Option<string> Role(string name, string role, string description) => new(name)
    {
        Description = $"{description} With --script and --roles.",
        HelpName = "NAME",
        DefaultValueFactory = _ => role,
    };
}
