using System.Globalization;
using System.Text;
using BatchRecs.Store.Extract;

namespace BatchRecs.IntegrationTests.Extract;

/// <summary>A row of a source that changes from night to night; times in seconds since 1970.</summary>
sealed record ChangingRow(long Key, int? User, string? Item, string Type, double? Value, long? Time, long? Changed);

/// <summary>
/// A source that changes at random, but only in ways that an incremental extract sees: after the cut, or by a watermark and a tombstone.
/// </summary>
/// <param name="number">Its number.</param>
/// <param name="random">What happens to it.</param>
sealed class ChangingSource(int number, Random random)
{
    const int Day = 86_400;
    const int OverlapDays = 2;
    const int CounterOverlap = 8;

    readonly List<ChangingRow> _rows = [];
    readonly List<(long Key, long Changed)> _deleted = [];
    long _lastKey;
    long _lastChange;

    /// <summary>How rows are followed: by the time of the event, by a time of change, or by a counter.</summary>
    public FollowedBy Followed { get; } = (FollowedBy)random.Next(3);

    /// <summary>Gets a value indicating whether times are local.</summary>
    public bool IsLocal { get; } = random.Next(3) == 0;

    public string Table => $"source{number}";

    /// <summary>Gets the source as an extract reads it.</summary>
    public EventSource Source(TimeZoneInfo zone) => new()
    {
        Label = $"sources[{number}] ({Table})",
        Relation = SourceRelation.Table(Table),
        User = "user_id",
        Item = "item_id",
        Time = "at",
        Value = "value",
        Event = "kind",
        TimeZone = zone,
        Changes = new SourceChanges
        {
            Watermark = Followed switch { FollowedBy.Time => null, FollowedBy.Change => "changed_at", _ => "change_no" },
            Key = Followed == FollowedBy.Time ? null : "row_id",
            Overlap = Followed == FollowedBy.Counter ? CounterOverlap : OverlapDays * Day * 1_000_000L,
            IsCounter = Followed == FollowedBy.Counter,
            IsOverlapGiven = true,
            Deleted = Followed == FollowedBy.Time ? null : new DeletedRows(
                $"sources[{number}].incremental.deleted ({Table}_deleted)",
                SourceRelation.Table($"{Table}_deleted"),
                "row_id",
                Followed == FollowedBy.Change ? "changed_at" : "change_no"),
        },
    };

    /// <summary>Lets a day pass.</summary>
    /// <param name="now">The wall clock of the coming night, in seconds since 1970.</param>
    /// <param name="stored">What the last extract kept of this source; null = nothing, so anything may happen.</param>
    public void Live(long now, StoredSource? stored)
    {
        long? cut = Followed == FollowedBy.Counter ? stored?.Cut : stored?.Cut / 1_000_000;
        int additions = random.Next(stored is null ? 12 : 5);
        for (int n = 0; n < additions; n++)
            Add(NewRow(now, stored is null ? 12 : 1), cut, now);
        if (random.Next(2) == 0)
            Add(NewRow(now, OverlapDays), cut, now);
        for (int n = random.Next(3); n > 0 && _rows.Count > 0; n--)
            Touch(random.Next(_rows.Count), cut, now);
        if (_rows.Count > 0 && random.Next(3) == 0)
            Repeat(_rows[random.Next(_rows.Count)], cut, now);
        // An extract without any event ends in an error, and so would the history.
        if (number == 0)
            Add(new ChangingRow(++_lastKey, 1, "a", "view", null, now - random.Next(5000, 7000), null), cut, now);
    }

    /// <summary>Changes the number of rows where an extract does not look: only a count finds it.</summary>
    public void ChangeBehindTheCut(StoredSource? stored)
    {
        long? cut = Followed == FollowedBy.Counter ? stored?.Cut : stored?.Cut / 1_000_000;
        int hidden = _rows.FindIndex(row => Watermark(row) <= cut && row.Time is > 0 && row.Time <= cut);
        if (hidden >= 0)
            _rows.RemoveAt(hidden);
    }

    /// <summary>Returns the statements that make the tables.</summary>
    public IEnumerable<string> Create(bool isPostgres)
    {
        string time = !isPostgres ? "text" : IsLocal ? "timestamp" : "timestamptz";
        yield return $"drop table if exists {Table}";
        yield return $"drop table if exists {Table}_deleted";
        yield return $"create table {Table} (row_id bigint, user_id integer, item_id text, kind text, value double precision, at {time}, "
            + $"changed_at {time}, change_no bigint)";
        yield return $"create table {Table}_deleted (row_id bigint, changed_at {time}, change_no bigint)";
    }

    /// <summary>Returns a statement that brings the tables to the state of this night, in one go.</summary>
    public string Fill(bool isPostgres)
    {
        var sql = new StringBuilder(isPostgres ? "" : "pragma synchronous = off;")
            .Append(CultureInfo.InvariantCulture, $"begin;delete from {Table};delete from {Table}_deleted;");
        foreach (var row in _rows.OrderBy(_ => random.Next()))
            sql.Append(
                CultureInfo.InvariantCulture,
                $"insert into {Table} values ({row.Key},{Text(row.User)},{Quoted(row.Item)},'{row.Type}',{Text(row.Value)},{At(row.Time)},"
                + $"{At(row.Changed)},{Text(row.Changed)});");
        foreach (var (key, changed) in _deleted)
            sql.Append(CultureInfo.InvariantCulture, $"insert into {Table}_deleted values ({key},{At(changed)},{changed});");
        return sql.Append("commit").ToString();
    }

    ChangingRow NewRow(long now, int days) => new(
        ++_lastKey,
        random.Next(25) == 0 ? null : random.Next(40) - 10,
        random.Next(30) == 0 ? "" : $"{(char)('a' + random.Next(12))}{random.Next(3)}",
        random.Next(8) == 0 ? $"odd{random.Next(2)}" : random.Next(2) == 0 ? "view" : "cart",
        random.Next(3) == 0 ? null : random.Next(20) == 0 ? double.MaxValue : random.Next(10) / 4.0,
        random.Next(30) switch
        {
            0 => null,
            1 => -random.Next(1, 1000),
            2 or 3 => now + random.Next(3 * Day),
            _ => now - random.Next(days * Day),
        },
        Changed: null);

    /// <summary>A row enters so that it can be seen: with a time after the cut, or with a watermark after it.</summary>
    void Add(ChangingRow row, long? cut, long now)
    {
        if (Followed != FollowedBy.Time)
            _rows.Add(row with { Changed = NextChange(cut, now) });
        else if (!(row.Time is >= 0 && row.Time <= cut))
            _rows.Add(row);
    }

    void Touch(int n, long? cut, long now)
    {
        var row = _rows[n];
        bool isVisible = Followed != FollowedBy.Time || !(row.Time is >= 0 && row.Time <= cut);
        if (!isVisible)
            return;
        _rows.RemoveAt(n);
        bool isDeleted = random.Next(2) == 0;
        if (!isDeleted)
            Add(NewRow(now, random.Next(2) == 0 ? OverlapDays : 15) with { Key = row.Key }, cut, now);
        else if (Followed != FollowedBy.Time)
            _deleted.Add((row.Key, NextChange(cut, now) ?? now));
    }

    void Repeat(ChangingRow row, long? cut, long now) =>
        Add(row with { Key = Followed == FollowedBy.Time ? row.Key : ++_lastKey }, cut, now);

    /// <summary>Changes come in order, but some become visible late, and of some nobody knows when they happened.</summary>
    long? NextChange(long? cut, long now)
    {
        if (random.Next(20) == 0)
            return null;
        bool isLate = random.Next(4) == 0;
        if (Followed == FollowedBy.Counter)
            return isLate && cut is { } last && last < _lastChange ? last + 1 + random.Next((int)(_lastChange - last)) : ++_lastChange;
        long earliest = isLate && cut is { } at ? at + 1 : now - Day;
        return random.Next(30) == 0 ? now + Day : Math.Max(earliest, now - random.Next(OverlapDays * Day));
    }

    long? Watermark(ChangingRow row) => Followed == FollowedBy.Time ? row.Time : row.Changed;

    string At(long? seconds)
    {
        if (seconds is not { } number)
            return "null";
        var time = DateTimeOffset.FromUnixTimeSeconds(number);
        return IsLocal
            ? $"'{TimeZoneInfo.ConvertTime(time, Berlin):yyyy-MM-dd HH:mm:ss}'"
            : $"'{time:yyyy-MM-ddTHH:mm:ssZ}'";
    }

    static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    static string Quoted(string? text) => text is null ? "null" : $"'{text}'";

    static string Text<T>(T? number) where T : struct, IFormattable => number?.ToString("R", CultureInfo.InvariantCulture) ?? "null";
}

/// <summary>How the rows of a source are followed.</summary>
enum FollowedBy
{
    Time,
    Change,
    Counter,
}
