using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;

namespace BatchRecs.Store.Extract;

/// <summary>Reads what may not be recommended.</summary>
public static class ExclusionReader
{
    /// <summary>Runs the exclusion queries of a job.</summary>
    /// <param name="session">The warehouse.</param>
    /// <param name="items">A query whose first column lists items that nobody may get; null = none.</param>
    /// <param name="pairs">A query whose first two columns list (user, item) pairs that may not appear; null = none.</param>
    /// <param name="snapshot">The events whose users and items are meant; rows that name others are counted and change nothing.</param>
    /// <param name="token">Ends the reading early.</param>
    /// <exception cref="InputDataException">A query cannot be run, has too few columns, or its ids are of another type than those of the
    /// events.</exception>
    public static async Task<ExclusionLists> ReadAsync(
        SourceSession session, ExclusionSource? items, ExclusionSource? pairs, Snapshot snapshot, CancellationToken token)
    {
        var itemSet = new HashSet<int>();
        var pairSet = new HashSet<(int User, int Item)>();
        long unknown = 0;
        if (items is not null)
            unknown += await ReadAsync(session, items, [("item", snapshot.Items)], found => itemSet.Add(found[0]), token);
        if (pairs is not null)
            unknown += await ReadAsync(
                session, pairs, [("user", snapshot.Users), ("item", snapshot.Items)], found => pairSet.Add((found[0], found[1])), token);
        return ExclusionLists.Of(snapshot.Users.Count, snapshot.Items.Count, items is null ? null : itemSet, pairSet, unknown);
    }

    /// <summary>Reads a list of users.</summary>
    /// <param name="session">The warehouse.</param>
    /// <param name="source">A query whose first column lists users; rows without an id are skipped.</param>
    /// <param name="kind">Kind of the user ids of the events.</param>
    /// <param name="token">Ends the reading early.</param>
    /// <exception cref="InputDataException">The query cannot be run, has no column, or its ids are of another type.</exception>
    public static async Task<IdMap> UsersAsync(SourceSession session, ExclusionSource source, IdKind kind, CancellationToken token)
    {
        var (described, problems) = await InteractionReader.RunAsync(
            session, source.Label, () => DescribeAsync(session, source, count: 1, token, "user"));
        if (described is null)
            throw SourceBinding.Fail(problems);
        var found = RelatedIds.Check(source.Label, "user", described[0], kind);
        var field = new IdField(found, ordinal: 0);
        var users = new IdColumnBuilder("user");
        users.Declare(found, source.Label);
        await using var rows = await InteractionReader.RunAsync(
            session, source.Label, () => session.ReadRowsAsync(source.Relation, [.. described], token));
        return await InteractionReader.RunAsync(session, source.Label, async () =>
        {
            while (await rows.NextAsync(token))
                if (field.Read(rows) == IdState.Read)
                    field.AddTo(users);
            return users.Build().Map;
        });
    }

    /// <summary>Hands over the indices of each row; returns the number of rows that name something unknown.</summary>
    internal static async Task<long> ReadAsync(
        SourceSession session, ExclusionSource source, (string Role, IdMap Map)[] ids, Action<int[]> take, CancellationToken token)
    {
        var (described, problems) = await InteractionReader.RunAsync(
            session, source.Label, () => DescribeAsync(session, source, ids.Length, token, ids[^1].Role));
        if (described is null)
            throw SourceBinding.Fail(problems);
        var fields = new IdField[ids.Length];
        for (int n = 0; n < ids.Length; n++)
            fields[n] = new IdField(RelatedIds.Check(source.Label, ids[n].Role, described[n], ids[n].Map.Kind), n);
        IdIndex[] indices = [.. ids.Select(id => new IdIndex(id.Map))];

        await using var rows = await InteractionReader.RunAsync(
            session, source.Label, () => session.ReadRowsAsync(source.Relation, [.. described], token));
        return await InteractionReader.RunAsync(session, source.Label, async () =>
        {
            long unknown = 0;
            int[] found = new int[ids.Length];
            while (await rows.NextAsync(token))
            {
                for (int n = 0; n < found.Length; n++)
                    found[n] = fields[n].Read(rows) == IdState.Read ? fields[n].FindIn(indices[n]) : -1;
                if (found.Contains(-1))
                    unknown++;
                else
                    take(found);
            }
            return unknown;
        });
    }

    static async Task<(IReadOnlyList<SourceColumn>? Columns, IReadOnlyList<SourceProblem> Problems)> DescribeAsync(
        SourceSession session, ExclusionSource source, int count, CancellationToken token, string role = "item")
    {
        var (all, problems) = await SourceBinding.DescribeAsync(session, source.Label, source.Relation, names: null, token);
        if (all is null)
            return (null, problems);
        if (all.Count < count)
            return (null, [new SourceProblem(
                source.Label,
                $"{all.Count} column",
                count == 1 ? $"a column of {role} ids" : "two columns: user ids, item ids",
                "Add the missing column to the query.")]);
        // Described again by name, because a column without a declared type is then looked at value by value.
        return await SourceBinding.DescribeAsync(
            session, source.Label, source.Relation, [.. all.Take(count).Select(column => column.Name)], token);
    }
}
