using System.Text;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.ReRanking;

namespace BatchRecs.Store.Extract;

/// <summary>What rules ask the warehouse for.</summary>
/// <param name="Rules">The rules, in order of precedence.</param>
/// <param name="Queries">The query of each rule; null where it has none. With an action in the rule its first column lists items; without
/// one its columns are item, action, value and, if it has a fourth, segment.</param>
/// <param name="Segments">Queries whose first column lists the users of a segment, by name.</param>
public sealed record RuleSource(
    IReadOnlyList<Rule> Rules,
    IReadOnlyList<ExclusionSource?> Queries,
    IReadOnlyList<KeyValuePair<string, ExclusionSource>> Segments);

/// <summary>Reads which items rules mean, and who is in which segment.</summary>
public static class RuleReader
{
    /// <summary>Runs the queries.</summary>
    /// <param name="session">The warehouse.</param>
    /// <param name="source">The rules and their queries.</param>
    /// <param name="snapshot">The events whose users and items are meant; rows that name others are counted and change nothing.</param>
    /// <param name="token">Ends the reading early.</param>
    /// <exception cref="InputDataException">A query cannot be run, lacks a column, or a row says something that is no rule.</exception>
    public static async Task<RuleData> ReadAsync(SourceSession session, RuleSource source, Snapshot snapshot, CancellationToken token)
    {
        long unknown = 0;
        var members = new List<int[]>();
        foreach (var (_, query) in source.Segments)
        {
            var users = new SortedSet<int>();
            unknown += await ExclusionReader.ReadAsync(session, query, [("user", snapshot.Users)], found => users.Add(found[0]), token);
            members.Add([.. users]);
        }

        string[] names = [.. source.Segments.Select(segment => segment.Key)];
        var rows = new SortedSet<RuleRow>(Comparer<RuleRow>.Create(Compare));
        for (int n = 0; n < source.Rules.Count; n++)
            if (source.Queries[n] is { } query)
                unknown += source.Rules[n].Action is { } action
                    ? await ExclusionReader.ReadAsync(
                        session,
                        query,
                        [("item", snapshot.Items)],
                        found => rows.Add(new RuleRow(
                            n, found[0], action, source.Rules[n].Value, Array.IndexOf(names, source.Rules[n].Segment))),
                        token)
                    : await RuleRowReader.ReadAsync(session, query, n, snapshot.Items, names, row => rows.Add(row), token);
        return new RuleData { Rows = [.. rows], SegmentNames = names, Members = members, UnknownRows = unknown };
    }

    /// <summary>One order whatever the store sends: it decides which of two pins at one rank comes first.</summary>
    static int Compare(RuleRow a, RuleRow b) =>
        (a.Rule, a.Item, a.Action, a.Value, a.Segment).CompareTo((b.Rule, b.Item, b.Action, b.Value, b.Segment));
}

/// <summary>Reads rows that each say item, action, value and segment.</summary>
static class RuleRowReader
{
    const int ActionOrdinal = 1, ValueOrdinal = 2, SegmentOrdinal = 3, MostColumns = 4;

    static readonly Dictionary<string, RuleAction> Actions =
        Enum.GetValues<RuleAction>().ToDictionary(action => action.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the rows of one query.</summary>
    /// <returns>The number of rows whose item has no event.</returns>
    public static async Task<long> ReadAsync(
        SourceSession session,
        ExclusionSource source,
        int rule,
        IdMap items,
        string[] segments,
        Action<RuleRow> take,
        CancellationToken token)
    {
        var columns = await ColumnsAsync(session, source, token);
        var id = new IdField(RelatedIds.Check(source.Label, "item", columns[0], items.Kind), ordinal: 0);
        var index = new IdIndex(items);
        await using var rows = await InteractionReader.RunAsync(
            session, source.Label, () => session.ReadRowsAsync(source.Relation, [.. columns], token));
        return await InteractionReader.RunAsync(session, source.Label, async () =>
        {
            long unknown = 0;
            while (await rows.NextAsync(token))
            {
                int item = id.Read(rows) == IdState.Read ? id.FindIn(index) : -1;
                string where = item >= 0 ? $"{source.Label}, item {items.ToText(item)}" : source.Label;
                var row = Read(rows, where, columns.Count > SegmentOrdinal, segments) with { Rule = rule, Item = item };
                if (item >= 0)
                    take(row);
                else
                    unknown++;
            }
            return unknown;
        });
    }

    static async Task<IReadOnlyList<SourceColumn>> ColumnsAsync(SourceSession session, ExclusionSource source, CancellationToken token)
    {
        var (all, problems) = await InteractionReader.RunAsync(
            session, source.Label, () => SourceBinding.DescribeAsync(session, source.Label, source.Relation, names: null, token));
        if (all is null)
            throw SourceBinding.Fail(problems);
        if (all.Count <= ValueOrdinal)
            throw Fail(
                source.Label, $"{all.Count} columns", "item, action, value and perhaps segment, in this order", "Add what is missing.");
        // Described again by name, because a column without a declared type is then looked at value by value.
        string[] names = [.. all.Take(MostColumns).Select(column => column.Name)];
        (all, problems) = await InteractionReader.RunAsync(
            session, source.Label, () => SourceBinding.DescribeAsync(session, source.Label, source.Relation, names, token));
        if (all is null)
            throw SourceBinding.Fail(problems);
        var value = all[ValueOrdinal];
        if (!value.IsInteger && value.Form != ColumnForm.Real)
            throw Fail(
                $"{source.Label}, column {value.Name}",
                $"a value of type {value.TypeName}",
                "a number",
                $"Cast it: cast({value.Name} as double precision).");
        return [.. all.Select((column, n) => n is ActionOrdinal or SegmentOrdinal ? column with { Form = ColumnForm.Text } : column)];
    }

    /// <summary>Reads one row. What is wrong with it is not quoted: columns in another order may hold people.</summary>
    static RuleRow Read(RowReader row, string where, bool hasSegment, string[] segments)
    {
        if (!Actions.TryGetValue(Text(row, ActionOrdinal), out var action))
            throw Fail(where, "an unknown action", "pin, boost, bury or block", "Correct the row.");
        double? value = row.Class(ValueOrdinal) switch
        {
            FieldClass.Integer => row.Integer(ValueOrdinal),
            FieldClass.Real => row.Real(ValueOrdinal),
            _ => null,
        };
        string segment = hasSegment ? Text(row, SegmentOrdinal) : "";
        int number = segment.Length == 0 ? RuleEntry.None : Array.IndexOf(segments, segment);
        if (segment.Length > 0 && number < 0)
            throw Fail(
                where, "an unknown segment", $"none, or one of: {string.Join(", ", segments)}", "Name it under segments in the job.");
        return new RuleRow(0, 0, action, Checked(action, value, where), number);
    }

    /// <summary>Returns the value of a row: a block needs none, and a bury without a factor is one by 0.</summary>
    static double Checked(RuleAction action, double? value, string where)
    {
        string? expected = action switch
        {
            RuleAction.Pin when !(value is >= 1 and <= 1000 && double.IsInteger(value.Value)) => "a rank from 1 to 1000",
            RuleAction.Boost when value is not (>= 1 and <= 1000) => "a factor from 1 to 1000",
            RuleAction.Bury when value is not (null or (>= 0 and < 1)) => "a factor from 0 to below 1, or none",
            _ => null,
        };
        return expected is null
            ? action == RuleAction.Block ? 0 : value ?? 0
            : throw Fail(where, $"no fitting value beside {action.ToString().ToLowerInvariant()}", expected, "Correct the row.");
    }

    static string Text(RowReader row, int ordinal) =>
        row.Class(ordinal) == FieldClass.Null ? "" : Encoding.UTF8.GetString(row.Utf8(ordinal));

    static InputDataException Fail(string where, string found, string expected, string remedy) =>
        SourceBinding.Fail([new SourceProblem(where, found, expected, remedy)]);
}
