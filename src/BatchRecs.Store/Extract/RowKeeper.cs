using BatchRecs.Core.Data;

namespace BatchRecs.Store.Extract;

/// <summary>
/// Watches the rows of one source while they are read: passes over those that are stored already, and keeps those that the next extract
/// need not read again.
/// </summary>
sealed class RowKeeper
{
    const int TimeOrdinal = 2, KeyOrdinal = 5, WatermarkOrdinal = 6;

    /// <summary>The watermark of rows that were stored before: every cut lies after it.</summary>
    const long Always = long.MinValue;

    readonly SourceChanges _changes;
    readonly long _from;
    readonly long _until;
    readonly long _now;
    readonly StoredSource? _stored;
    readonly long _storedUntil;
    readonly TimeField _time;
    readonly WatermarkField? _watermarks;
    readonly Columns _columns = new();
    readonly List<string> _reasons;
    readonly List<string> _unknownTypes;
    long _rowTime;
    long _rowWatermark;
    bool _mayBeKept;

    /// <summary>Starts on a source.</summary>
    /// <param name="source">The source; it has changes.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="request">The whole request, not only the part that is read.</param>
    /// <param name="stored">What is stored of the source; null = nothing.</param>
    /// <param name="storedUntil">The time up to which the stored rows were seen.</param>
    public RowKeeper(EventSource source, BoundColumns columns, ExtractRequest request, StoredSource? stored, long storedUntil)
    {
        (_changes, _stored, _storedUntil) = (source.Changes!, stored, storedUntil);
        (_from, _until, _now) = (request.From, request.Until, request.Now);
        _time = new TimeField(source, columns.Time, TimeOrdinal);
        if (columns.Changes is { } changes)
        {
            _watermarks = new WatermarkField(source, changes.Watermark, WatermarkOrdinal);
            Keys = new RowKeys(KeyOrdinal);
        }
        _reasons = [.. stored?.Reasons ?? []];
        _unknownTypes = [.. stored?.UnknownTypes ?? []];
        Watermark = stored?.Watermark;
    }

    /// <summary>Gets the keys of the rows that were read; null where the time of the event is the watermark.</summary>
    public RowKeys? Keys { get; }

    /// <summary>Gets the number of rows that were passed over, because they are stored already.</summary>
    public long PassedOver { get; private set; }

    /// <summary>Gets the newest watermark among the rows that were read now; null = none had one.</summary>
    public long? Newest { get; private set; }

    /// <summary>Gets the newest watermark ever read, leaving out times that are still to come.</summary>
    public long? Watermark { get; private set; }

    /// <summary>Looks at the current row.</summary>
    /// <returns>True if it is stored already and to be passed over.</returns>
    public bool IsStored(RowReader row)
    {
        bool hasTime = _time.Read(row, out _rowTime) is null && _rowTime >= 0;
        bool isInside = hasTime && _rowTime > _from && _rowTime <= _until;
        _rowWatermark = _rowTime;
        bool hasWatermark = _watermarks?.TryRead(row, out _rowWatermark) ?? isInside;
        _mayBeKept = isInside && hasWatermark;
        if (_mayBeKept && _rowWatermark <= _stored?.Cut && _rowTime <= _storedUntil)
        {
            PassedOver++;
            return true;
        }
        // Beside the window are the rows that a full extract need not see; a bad time is no reason to leave a row aside.
        Keys?.Read(row, isOutside: hasTime && _rowTime <= _now && !isInside);
        if (hasWatermark)
            Note(_rowWatermark);
        return false;
    }

    /// <summary>Notes the watermark of a deletion: where the newest row went.</summary>
    public void NoteDeleted(long watermark) => Newest = Math.Max(Newest ?? watermark, watermark);

    /// <summary>Keeps the current row, an event.</summary>
    public void Keep(int user, int item, byte type, float value)
    {
        if (_mayBeKept)
            Add(user, item, type, value, _rowTime, Keys?.Last ?? default, _rowWatermark);
    }

    /// <summary>Keeps the current row, which is bad.</summary>
    public void KeepBad(string reason)
    {
        if (_mayBeKept)
            Add(StoredSource.BadRow, IndexIn(_reasons, reason), 0, 0, _rowTime, Keys?.Last ?? default, _rowWatermark);
    }

    /// <summary>Keeps the current row, whose event type is unknown.</summary>
    public void KeepUnknown(ReadOnlySpan<char> type)
    {
        if (_mayBeKept)
            Add(StoredSource.UnknownType, IndexIn(_unknownTypes, type), 0, 0, _rowTime, Keys?.Last ?? default, _rowWatermark);
    }

    /// <summary>Keeps a row that was stored before.</summary>
    /// <param name="n">Its place among the stored rows.</param>
    /// <param name="user">Its user as this extract codes it; below 0 if it is no event.</param>
    /// <param name="item">Its item as this extract codes it.</param>
    public void KeepStored(int n, int user, int item) => Add(
        user, item, _stored!.Types[n], _stored.Values[n], _stored.Times[n], _stored.Keys.Length == 0 ? default : _stored.Keys[n], Always);

    /// <summary>Returns what the next extract need not read again; called once, at the end.</summary>
    /// <param name="shape">Where the rows come from.</param>
    /// <param name="userIndex">Index of each code of a user.</param>
    /// <param name="itemIndex">Index of each code of an item.</param>
    public StoredSource Finish(string shape, int[] userIndex, int[] itemIndex)
    {
        long? cut = Watermark is { } newest ? (long)Int128.Max((Int128)newest - _changes.Overlap, Always + 1) : null;
        int[] users = _columns.Users.Drain();
        int[] items = _columns.Items.Drain();
        long[] times = _columns.Times.Drain();
        bool[] keep = Array.ConvertAll(Keys is null ? times : _columns.Watermarks.Drain(), watermark => watermark <= cut);
        byte[] types = _columns.Types.Drain();
        float[] values = _columns.Values.Drain();
        for (int n = 0; n < users.Length; n++)
        {
            if (users[n] >= 0)
                (users[n], items[n]) = (userIndex[users[n]], itemIndex[items[n]]);
            if (users[n] == StoredSource.Forgotten)
                (items[n], types[n], values[n]) = (0, 0, Interactions.NoValue);
        }
        return new StoredSource
        {
            Shape = shape,
            Watermark = Watermark,
            Cut = cut,
            Reasons = _reasons,
            UnknownTypes = _unknownTypes,
            Users = Select(users, keep),
            Items = Select(items, keep),
            Types = Select(types, keep),
            Values = Select(values, keep),
            Times = Select(times, keep),
            Keys = Keys is null ? [] : Select(_columns.Keys.Drain(), keep),
        };
    }

    void Note(long watermark)
    {
        Newest = Math.Max(Newest ?? watermark, watermark);
        // A watermark that lies in the future would hide everything that changes until then.
        if (_changes.IsCounter || watermark <= _now)
            Watermark = Math.Max(Watermark ?? watermark, watermark);
    }

    void Add(int user, int item, byte type, float value, long time, UInt128 key, long watermark)
    {
        _columns.Users.Add(user);
        _columns.Items.Add(item);
        _columns.Types.Add(type);
        _columns.Values.Add(value);
        _columns.Times.Add(time);
        if (Keys is null)
            return;
        _columns.Watermarks.Add(watermark);
        _columns.Keys.Add(key);
    }

    /// <summary>Few names: a search through all is quicker than a table, and makes no string of a name that is known.</summary>
    static int IndexIn(List<string> names, ReadOnlySpan<char> name)
    {
        for (int n = 0; n < names.Count; n++)
            if (name.SequenceEqual(names[n]))
                return n;
        names.Add(name.ToString());
        return names.Count - 1;
    }

    static T[] Select<T>(T[] column, bool[] keep)
    {
        T[] selected = new T[keep.AsSpan().Count(true)];
        for (int n = 0, k = 0; n < column.Length; n++)
            if (keep[n])
                selected[k++] = column[n];
        return selected;
    }

    sealed class Columns
    {
        public ChunkedBuffer<int> Users { get; } = new();

        public ChunkedBuffer<int> Items { get; } = new();

        public ChunkedBuffer<byte> Types { get; } = new();

        public ChunkedBuffer<float> Values { get; } = new();

        public ChunkedBuffer<long> Times { get; } = new();

        /// <summary>Empty where the time of the event is the watermark.</summary>
        public ChunkedBuffer<long> Watermarks { get; } = new();

        public ChunkedBuffer<UInt128> Keys { get; } = new();
    }
}
