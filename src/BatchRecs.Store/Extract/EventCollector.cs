using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using BatchRecs.Core.Data;
using BatchRecs.Store.Quarantine;

namespace BatchRecs.Store.Extract;

/// <summary>Takes the rows of one source: puts events into the snapshot and counts all others by reason.</summary>
sealed class EventCollector
{
    const int UserOrdinal = 0, ItemOrdinal = 1, TimeOrdinal = 2, ValueOrdinal = 3, EventOrdinal = 4;
    const int Unknown = -1;
    const int MaxTypeLength = 256;
    const string TooLong = "(too long)";
    const string NoType = "(null)";

    readonly EventSource _source;
    readonly ExtractRequest _request;
    readonly SnapshotBuilder _snapshot;
    readonly BoundColumns _columns;
    readonly RowKeeper? _keeper;
    readonly IdField _user;
    readonly IdField _item;
    readonly TimeField _time;
    readonly int _constantType;
    readonly Dictionary<string, int> _types = new(StringComparer.Ordinal);
    readonly Dictionary<string, long> _bad = [];
    readonly UnknownTypeCounts _unknown = new();
    readonly List<BadRow> _firstBad = [];
    long _rows;
    long _kept;
    long _outside;

    public EventCollector(
        EventSource source, BoundColumns columns, ExtractRequest request, SnapshotBuilder snapshot, RowKeeper? keeper = null)
    {
        (_source, _columns, _request, _snapshot, _keeper) = (source, columns, request, snapshot, keeper);
        _user = new IdField(columns.User.IdKind!.Value, UserOrdinal);
        _item = new IdField(columns.Item.IdKind!.Value, ItemOrdinal);
        _time = new TimeField(source, columns.Time, TimeOrdinal);
        for (int type = 0; type < snapshot.EventTypes.Count; type++)
            _types[snapshot.EventTypes[type]] = type;
        _constantType = _types.GetValueOrDefault(source.ConstantEvent, Unknown);
        // What a name is said to mean counts more than what it would mean by itself.
        int[] meanings = [.. source.EventNames.Values.Select(meant => _types.GetValueOrDefault(meant, Unknown))];
        foreach (var (name, type) in source.EventNames.Keys.Zip(meanings))
            _types[name] = type;
    }

    /// <summary>Gets the number of rows taken.</summary>
    public long Rows => _rows;

    /// <summary>Takes the current row.</summary>
    /// <remarks>Outside comes before everything else, so a row that one store leaves out and another sends counts the same in
    /// both.</remarks>
    public void Take(RowReader row)
    {
        _rows++;
        string? badTime = _time.Read(row, out long time)
            ?? (time < 0 ? BadReasons.TimeTooEarly : time > _request.Now ? BadReasons.TimeInFuture : null);
        if (badTime is null && (time <= _request.From || time > _request.AsOf))
        {
            _outside++;
            return;
        }
        if (!TryReadType(row, out byte type))
            return;
        if (badTime is not null)
            Reject(row, badTime, _columns.Time);
        else if (UserProblem(_user.Read(row)) is { } badUser)
            Reject(row, badUser, _columns.User);
        else if (ItemProblem(_item.Read(row)) is { } badItem)
            Reject(row, badItem, _columns.Item);
        else if (!TryReadValue(row, out float value))
            Reject(row, BadReasons.ValueNotFinite, _columns.Value!);
        else
        {
            _kept++;
            var (user, item) = (_user.AddTo(_snapshot.Users), _item.AddTo(_snapshot.Items));
            _snapshot.Add(user, item, type, value, time);
            _keeper?.Keep(user, item, type, value);
        }
    }

    /// <summary>Says what came of the rows.</summary>
    public SourceReport Report() => new()
    {
        Label = _source.Label,
        RowsRead = _rows,
        Kept = _kept,
        Outside = _outside,
        Bad = new SortedDictionary<string, long>(_bad, StringComparer.Ordinal),
        UnknownTypes = _unknown.ToReport(),
        FirstBad = _firstBad,
    };

    bool TryReadType(RowReader row, out byte type)
    {
        Span<char> buffer = stackalloc char[MaxTypeLength];
        scoped ReadOnlySpan<char> name = _source.ConstantEvent;
        int known = _constantType;
        if (_columns.Event is not null)
        {
            name = TypeName(row, buffer);
            if (!_types.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out known))
                known = Unknown;
        }
        type = (byte)Math.Max(known, 0);
        if (known == Unknown)
        {
            string shown = _unknown.Count(name);
            _keeper?.KeepUnknown(shown);
        }
        return known != Unknown;
    }

    static ReadOnlySpan<char> TypeName(RowReader row, Span<char> buffer)
    {
        if (row.Class(EventOrdinal) == FieldClass.Null)
            return NoType;
        var utf8 = row.Utf8(EventOrdinal);
        // A byte of UTF-8 gives at most one UTF-16 unit, so what passes this fits.
        return utf8.Length > buffer.Length ? TooLong : buffer[..Encoding.UTF8.GetChars(utf8, buffer)];
    }

    static bool TryReadValue(RowReader row, out float value)
    {
        value = Interactions.NoValue;
        switch (row.Class(ValueOrdinal))
        {
            case FieldClass.Null:
                return true;
            case FieldClass.Integer:
                value = row.Integer(ValueOrdinal);
                return true;
            case FieldClass.Real:
                value = (float)row.Real(ValueOrdinal);
                return float.IsFinite(value);
            default:
                return false;
        }
    }

    void Reject(RowReader row, string reason, SourceColumn column)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_bad, reason, out _)++;
        _keeper?.KeepBad(reason);
        if (_firstBad.Count < _request.ShowBadRows)
            _firstBad.Add(new BadRow(
                _source.Label, reason, column.Name, StoredText.ToKeep(_item.Text(row)), StoredText.ToKeep(_time.Text(row))));
        if (_request.Rejected.Count(_source.Label, reason))
            _request.Rejected.Keep(new QuarantinedRow(
                _source.Label,
                reason,
                OfRows: 0,
                column.Name,
                StoredText.ToKeep(_user.KnownText(row)),
                StoredText.ToKeep(_item.Text(row)),
                StoredText.ToKeep(_time.Text(row)),
                StoredText.ToKeep(ValueText(row))));
    }

    static string? ValueText(RowReader row) => row.Class(ValueOrdinal) switch
    {
        FieldClass.Null => null,
        FieldClass.Integer => row.Integer(ValueOrdinal).ToString(CultureInfo.InvariantCulture),
        FieldClass.Real => row.Real(ValueOrdinal).ToString(CultureInfo.InvariantCulture),
        FieldClass.Bytes => $"x'{Convert.ToHexStringLower(row.Utf8(ValueOrdinal))}'",
        _ => Encoding.UTF8.GetString(row.Utf8(ValueOrdinal)),
    };

    static string? UserProblem(IdState state) => state switch
    {
        IdState.Read => null,
        IdState.Null => BadReasons.UserNull,
        IdState.Empty => BadReasons.UserEmpty,
        IdState.TooLong => BadReasons.UserTooLong,
        IdState.Invalid => BadReasons.UserInvalid,
        _ => BadReasons.UserUnreadable,
    };

    static string? ItemProblem(IdState state) => state switch
    {
        IdState.Read => null,
        IdState.Null => BadReasons.ItemNull,
        IdState.Empty => BadReasons.ItemEmpty,
        IdState.TooLong => BadReasons.ItemTooLong,
        IdState.Invalid => BadReasons.ItemInvalid,
        _ => BadReasons.ItemUnreadable,
    };
}
