using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Releases;

/// <summary>Reads all rows of a release back from the database and checks them, before readers may see them.</summary>
/// <remarks>
/// It is the same code for every store, in memory: row counts, ranks from 1 without gaps, no item twice on a list, finite scores, every
/// item in the release's table of items, nothing seen or forbidden on a main list. O(rows). The session sees one moment of the store.
/// </remarks>
sealed class ReleaseVerifier(Session session, RecommenderNames names, Release release, ReleaseContents contents)
{
    const int ListsBetweenReports = 1_024;

    readonly ReleaseFindings _findings = new();
    readonly bool[] _hasStatistics = new bool[contents.Items.Count];
    readonly IdIndex _users = new(contents.Users);
    readonly IdIndex _items = new(contents.Items);
    readonly ReleaseCounts _expected = release.Counts!;
    long _rows;

    /// <summary>Checks the release.</summary>
    /// <param name="progress">Where it says how many rows are checked; null = nowhere.</param>
    /// <param name="token">Ends the check early.</param>
    /// <returns>How many rows were read.</returns>
    /// <exception cref="StoreException">Something is wrong; the message names every check that failed.</exception>
    public async Task<long> RunAsync(IProgress<StageProgress>? progress, CancellationToken token)
    {
        _rows = await ReadItemsAsync(token);
        _findings.Compare("items", _rows, _expected.Items);
        var draws = await ReadDrawsAsync(token);
        foreach (var table in names.Tables.Except([ReleaseTable.Items, ReleaseTable.Exploration]))
        {
            var audit = await ReadListsAsync(table, table == ReleaseTable.Main ? draws : null, progress, token);
            _rows += audit.Rows;
            _findings.Compare($"rows of the {What(table)}", audit.Rows, Expected(table));
            if (table == ReleaseTable.Main)
                _findings.Compare("users with a main list", audit.Lists, _expected.Users);
        }
        draws?.Finish();
        return _findings.IsEmpty ? _rows : throw Refusal();
    }

    static string What(ReleaseTable table) => table switch
    {
        ReleaseTable.Main => "main lists",
        ReleaseTable.Again => "lists of items to take again",
        ReleaseTable.Similar => "lists of similar items",
        _ => "popular lists",
    };

    long Expected(ReleaseTable table) => table switch
    {
        ReleaseTable.Main => _expected.Recommendations,
        ReleaseTable.Again => _expected.Again,
        ReleaseTable.Similar => _expected.Similar,
        ReleaseTable.Popular => _expected.Popular,
        ReleaseTable.Exploration => _expected.Explored,
        _ => _expected.Items,
    };

    /// <summary>Checks what was drawn; null where the recommender does not explore.</summary>
    async Task<ExplorationAudit?> ReadDrawsAsync(CancellationToken token)
    {
        if (!names.Tables.Contains(ReleaseTable.Exploration))
            return null;
        var audit = new ExplorationAudit(contents.Items, _findings);
        long rows = await new ExplorationReader(session, names, _users, _items).ReadAsync(release.ReleaseId, audit.Add, token);
        _findings.Compare("drawn items", rows, _expected.Explored);
        _rows += rows;
        return audit;
    }

    Task<ListAudit> ReadListsAsync(
        ReleaseTable table, ExplorationAudit? draws, IProgress<StageProgress>? progress, CancellationToken token)
    {
        long total = names.Tables.Sum(Expected);
        // Only main lists leave out what their users have seen.
        var exclusions = table == ReleaseTable.Main ? contents.Exclusions : null;
        var audit = new ListAudit(What(table), contents.Items, _hasStatistics, exclusions, _findings);
        return session.ReadRowsAsync(Read(table), Forms(table), async rows =>
        {
            var lists = table.IsList
                ? session.Database.ReleaseTables.ReadLists(rows, _users, _items)
                : new RowStoredLists(rows, table == ReleaseTable.Similar ? _items : null, _items, hasBecause: false);
            while (await lists.NextAsync(token))
            {
                audit.Add(lists.Current);
                draws?.Check(lists.Current);
                if (audit.Lists % ListsBetweenReports == 0)
                    progress?.Report(new StageProgress(_rows + audit.Rows, total, "rows"));
            }
            return audit;
        }, token);
    }

    Task<long> ReadItemsAsync(CancellationToken token) =>
        session.ReadRowsAsync(Read(ReleaseTable.Items), Forms(ReleaseTable.Items), async rows =>
        {
            var id = new IdField(contents.Items.Kind, ordinal: 0);
            long count = 0;
            for (; await rows.NextAsync(token); count++)
            {
                int item = id.Read(rows) == IdState.Read ? id.FindIn(_items) : -1;
                if (item >= 0)
                    _hasStatistics[item] = true;
                else
                    _findings.Add("items: ids that the release was made without", id.Text(rows) ?? "null", 0);
                if (!IsFinite(rows, 1) || !IsFinite(rows, 2))
                    _findings.Add("items: statistics that are no finite number", id.Text(rows) ?? "null", 0);
            }
            return count;
        }, token);

    static bool IsFinite(RowReader rows, int column) =>
        rows.Class(column) is FieldClass.Real or FieldClass.Integer && double.IsFinite(rows.Real(column));

    Statement Read(ReleaseTable table) => new($"releases/read_{table.Form}", names.Tokens
        .With("table", session.Database.ReleaseTables.LoadTarget(names, table, release.ReleaseId))
        .With("release", release.ReleaseId.ToString(CultureInfo.InvariantCulture)));

    ColumnForm[] Forms(ReleaseTable table) => table switch
    {
        ReleaseTable.Main or ReleaseTable.Again =>
            [
                contents.Users.Kind.Form, ColumnForm.Other, ColumnForm.Other, ColumnForm.Other, ColumnForm.Int64, ColumnForm.Int64,
            ],
        ReleaseTable.Similar => [contents.Items.Kind.Form, ColumnForm.Int64, contents.Items.Kind.Form, ColumnForm.Real],
        ReleaseTable.Popular => [ColumnForm.Text, ColumnForm.Int64, contents.Items.Kind.Form, ColumnForm.Real],
        _ => [contents.Items.Kind.Form, ColumnForm.Real, ColumnForm.Real],
    };

    StoreException Refusal() => new(
        $"Release {release.ReleaseId} of {release.Recommender} is not published, because store '{session.Database.Settings.Name}' holds " +
        $"other rows than were made: {_findings}. Something changed the tables of the release after they were loaded, or the store lost " +
        "rows: find out which, then run the job again with --from precompute, which makes the release anew. The current release stays.");
}
