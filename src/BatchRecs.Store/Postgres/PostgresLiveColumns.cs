using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Releases;
using BatchRecs.Store.Sql;
using Npgsql;

namespace BatchRecs.Store.Postgres;

/// <summary>Checks that the columns of a job's live relations can be compared with the ids of its recommender.</summary>
/// <remarks>
/// The views compare without a cast: a cast would fail for all readers at the first row that has no such form, and keep indexes out.
/// Integers of all widths compare as they are.
/// </remarks>
static class PostgresLiveColumns
{
    /// <summary>Looks at each column that the views will compare.</summary>
    /// <exception cref="ConfigurationException">A column has a type that does not compare.</exception>
    /// <exception cref="StoreException">A relation or a column does not exist, or may not be read.</exception>
    public static async Task CheckAsync(Session session, RecommenderSpec spec, CancellationToken token)
    {
        if (spec.Eligible is { } eligible)
            await CheckAsync(session, spec, "live.eligible.item", new LiveColumn(eligible.Table, eligible.Item, spec.ItemKind), token);
        if (spec.Seen is not { } seen)
            return;
        await CheckAsync(session, spec, "live.seen.user", new LiveColumn(seen.Table, seen.User, spec.UserKind), token);
        await CheckAsync(session, spec, "live.seen.item", new LiveColumn(seen.Table, seen.Item, spec.ItemKind), token);
    }

    static async Task CheckAsync(Session session, RecommenderSpec spec, string key, LiveColumn column, CancellationToken token)
    {
        var tokens = session.Database.FixedTokens()
            .With("column", "live." + Database.Quote(column.Name))
            .With("relation", Database.QuoteQualified(column.Table));
        var found = await session.ReadAsync(
            new Statement("serving/live_column", tokens),
            reader => new SourceColumn(
                column.Name, reader.GetDataTypeName(0), PostgresColumns.Form(((NpgsqlDataReader)reader).GetPostgresType(0))),
            token);
        if (found.IdKind is { } kind && IdColumnBuilder.Comparable(kind, column.Expected))
            return;
        throw new ConfigurationException(
            $"recommender '{spec.Name}': {key}: column '{column.Name}' of {column.Table} has type {found.TypeName}, but the ids of the " +
            $"recommender are {Expected(column.Expected)}. Name a column of such a type, or a view that leaves out what is no such id.");
    }

    static string Expected(IdKind kind) => kind switch
    {
        IdKind.Uuid => "uuid",
        IdKind.Text => "text",
        _ => "integers (smallint, integer or bigint)",
    };

    /// <summary>A column of a live relation and the kind of the ids that it is compared with.</summary>
    sealed record LiveColumn(string Table, string Name, IdKind Expected);
}
