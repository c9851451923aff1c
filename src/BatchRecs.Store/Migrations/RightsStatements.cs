using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Migrations;

/// <summary>The exact list of what the two roles need in a PostgreSQL store. Every statement may be repeated.</summary>
/// <param name="tokens">The names of the store's fixed objects.</param>
/// <param name="names">The schemas of the store.</param>
/// <param name="roles">The roles.</param>
sealed class RightsStatements(Tokens tokens, SchemaNames names, RoleNames roles)
{
    readonly Tokens _tokens = tokens.With("etl", Database.Quote(roles.Etl)).With("reader", Database.Quote(roles.Reader));

    /// <summary>Lists what the writing role needs to read the tables, views and live relations of jobs.</summary>
    /// <param name="relations">Their names, as the jobs have them.</param>
    public IEnumerable<Statement> Readable(IEnumerable<string> relations)
    {
        yield return Role(roles.Etl);
        yield return Connect(roles.Etl);
        string[] all = [.. relations.Distinct(StringComparer.Ordinal)];
        foreach (string schema in all.Where(name => name.Contains('.')).Select(name => name[..name.LastIndexOf('.')]).Distinct())
            yield return new Statement("rights/read_schema", _tokens, new { etl = roles.Etl, schema });
        foreach (string relation in all.Select(Database.QuoteQualified))
            yield return new Statement("rights/read_relation", _tokens, new { etl = roles.Etl, relation });
    }

    /// <summary>Lists the roles and both schemas, which belong to the writing one with all that is in them.</summary>
    public IEnumerable<Statement> Schemas()
    {
        foreach (string role in (string[])[roles.Etl, roles.Reader])
        {
            yield return Role(role);
            yield return Connect(role);
        }
        foreach (string schema in (string[])[names.Internal, names.Contract])
            yield return new Statement(
                "rights/schema",
                _tokens.With("schema", Database.Quote(schema)),
                new { etl = roles.Etl, schema = Database.Quote(schema) });
        yield return new Statement(
            "rights/own_objects", _tokens, new { etl = roles.Etl, @internal = names.Internal, contract = names.Contract });
    }

    /// <summary>Lists what readers may do: see the schema of the contract, now and later, and nothing else.</summary>
    public IEnumerable<Statement> Readers() =>
        ((string[])["reader_usage", "reader_select", "reader_default"]).Select(name => new Statement($"rights/{name}", _tokens));

    /// <summary>Makes what follows in a script belong to the writing role.</summary>
    public Statement BecomeEtl() => new("rights/become_etl", _tokens);

    /// <summary>Ends <see cref="BecomeEtl"/>.</summary>
    public Statement ResetRole() => new("rights/reset_role", _tokens);

    Statement Role(string role) => new("rights/role", _tokens.With("role", Database.Quote(role)), new { role });

    Statement Connect(string role) => new("rights/connect", _tokens, new { role });
}
