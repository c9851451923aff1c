using BatchRecs.Core.Data;

namespace BatchRecs.Store.Extract;

/// <summary>One pass over all sources, with stored rows or without; keeps what the next extract can go on with.</summary>
/// <param name="session">The warehouse.</param>
/// <param name="request">What to read.</param>
/// <param name="bound">The columns of each source.</param>
/// <param name="stored">What the last extract kept; null = everything is read.</param>
/// <param name="countsRows">Whether the number of stored rows is compared with the source.</param>
sealed class ExtractPass(SourceSession session, ExtractRequest request, BoundColumns[] bound, StoredEvents? stored, bool countsRows)
{
    readonly RowKeeper[] _keepers = [.. request.Sources.Select((source, n) =>
        new RowKeeper(source, bound[n], request, stored?.Sources[n], stored?.Until ?? 0))];

    readonly List<string> _since = [];
    StoredIds? _ids;

    /// <summary>Gets the events.</summary>
    public SnapshotBuilder Snapshot { get; } = InteractionReader.Begin(request, bound);

    /// <summary>Gets what came of the rows of each source.</summary>
    public List<SourceReport> Reports { get; } = [];

    /// <summary>Gets after what each source was read, for people.</summary>
    public IReadOnlyList<string> Since => _since;

    /// <summary>Reads all sources.</summary>
    /// <returns>Why the stored rows cannot be trusted, and the pass is to be given up; null = it is complete.</returns>
    public async Task<string?> TryReadAsync(IProgress<StageProgress>? progress, CancellationToken token)
    {
        _ids = stored is null ? null : new StoredIds(stored, Snapshot);
        for (int n = 0; n < bound.Length; n++)
        {
            if (await TryReadAsync(n, progress, token) is { } because)
                return because;
            InteractionReader.RefuseTooManyBadRows(Reports[n], request);
        }
        await InteractionReader.RefuseNothingAsync(session, request, Snapshot, Reports, token);
        return null;
    }

    /// <summary>Returns what the next extract need not read again; called once, at the end.</summary>
    /// <param name="shapes">Where the rows of each source come from.</param>
    /// <param name="fullAt">The wall clock of the last full extract.</param>
    /// <param name="forgotten">Tells of whom nothing is kept.</param>
    public StoredEvents Finish(string[] shapes, long fullAt, Func<IdMap, bool[]> forgotten)
    {
        var (users, userIndex) = Without(Snapshot.Users.Build(), forgotten);
        var (items, itemIndex) = Snapshot.Items.Build();
        StoredSource[] sources = [.. _keepers.Select((keeper, n) => keeper.Finish(shapes[n], userIndex, itemIndex))];
        return new StoredEvents
        {
            EventTypes = Snapshot.EventTypes,
            Users = users,
            Items = WithoutUnused(items, sources),
            Until = request.Until,
            FullAt = fullAt,
            Sources = sources,
        };
    }

    /// <summary>Takes the forgotten out of the ids; their rows stay as rows of nobody, so that rows are still counted right.</summary>
    static (IdMap Users, int[] Index) Without((IdMap Map, int[] Index) users, Func<IdMap, bool[]> forgotten)
    {
        bool[] gone = forgotten(users.Map);
        if (!gone.Contains(true))
            return users;
        int[] kept = [.. Enumerable.Range(0, gone.Length).Where(user => !gone[user])];
        int[] newIndex = new int[gone.Length];
        Array.Fill(newIndex, StoredSource.Forgotten);
        for (int n = 0; n < kept.Length; n++)
            newIndex[kept[n]] = n;
        return (users.Map.Select(kept), Array.ConvertAll(users.Index, user => newIndex[user]));
    }

    /// <summary>Takes items out that no stored event names: somebody who was forgotten may be all who took them.</summary>
    /// <param name="items">All items.</param>
    /// <param name="sources">The rows; their items are renumbered in place.</param>
    static IdMap WithoutUnused(IdMap items, StoredSource[] sources)
    {
        bool[] used = new bool[items.Count];
        foreach (var source in sources)
            for (int n = 0; n < source.Users.Length; n++)
                if (source.Users[n] >= 0)
                    used[source.Items[n]] = true;
        int[] kept = [.. Enumerable.Range(0, used.Length).Where(item => used[item])];
        int[] newIndex = new int[used.Length];
        for (int n = 0; n < kept.Length; n++)
            newIndex[kept[n]] = n;
        foreach (var source in sources)
            for (int n = 0; n < source.Users.Length; n++)
                if (source.Users[n] >= 0)
                    source.Items[n] = newIndex[source.Items[n]];
        return items.Select(kept);
    }

    async Task<string?> TryReadAsync(int n, IProgress<StageProgress>? progress, CancellationToken token)
    {
        var (source, keeper, region) = (request.Sources[n], _keepers[n], Region(n));
        var collector = new EventCollector(source, bound[n], request, Snapshot, keeper);
        await InteractionReader.RunAsync(session, source.Label, async () =>
        {
            await using var rows = region is null
                ? await session.ReadEventsAsync(source, bound[n], request, token)
                : await session.ReadChangesAsync(source, bound[n], request, region, token);
            long before = Reports.Sum(report => report.RowsRead - report.Stored);
            return await InteractionReader.CollectAsync(rows, collector, keeper, before, source.Label, progress, token);
        });
        RefuseBadKeys(source, keeper);
        if (region is null)
        {
            Reports.Add(collector.Report());
            return null;
        }

        _since.Add(RowsSince(source, region.Cut));
        var merge = new StoredMerge(stored!.Sources[n], region, keeper, await DeletedAsync(n, region, token));
        var kept = merge.Run(_ids!, Snapshot, token);
        Reports.Add(kept.AddTo(collector.Report()));
        return Distrust(source, stored.Sources[n], keeper) ?? await MiscountAsync(n, region, kept, token);
    }

    /// <summary>Says which rows are stored; null where none are.</summary>
    StoredRegion? Region(int n) => stored?.Sources[n].Cut is { } cut ? new StoredRegion(request.From, stored.Until, cut) : null;

    async Task<RowKeys?> DeletedAsync(int n, StoredRegion region, CancellationToken token)
    {
        if (bound[n].Changes?.Deleted is not { } columns)
            return null;
        var (source, keys) = (request.Sources[n], new RowKeys(ordinal: 0));
        var watermarks = new WatermarkField(source, columns.Watermark, ordinal: 1);
        return await InteractionReader.RunAsync(session, source.Changes!.Deleted!.Label, async () =>
        {
            await using var rows = await session.ReadDeletedAsync(source, columns, region.Cut, token);
            while (await rows.NextAsync(token))
            {
                bool isKnown = watermarks.TryRead(rows, out long watermark);
                if (isKnown && watermark <= region.Cut)
                    continue;
                keys.Read(rows);
                if (isKnown)
                    _keepers[n].NoteDeleted(watermark);
            }
            return keys;
        });
    }

    /// <summary>The row with the newest watermark lies inside the overlap, if there is one: it was read again, unless it is gone.</summary>
    string? Distrust(EventSource source, StoredSource before, RowKeeper keeper)
    {
        bool isInside = before.Watermark > before.Cut && (source.Changes!.Watermark is not null || before.Watermark > request.From);
        return !isInside || keeper.Newest >= before.Watermark
            ? null
            : $"{source.Label}: the newest row of the last extract is gone (rows deleted, table emptied or restored)";
    }

    async Task<string?> MiscountAsync(int n, StoredRegion region, StoredRows kept, CancellationToken token)
    {
        if (!countsRows)
            return null;
        var source = request.Sources[n];
        long? counted = await InteractionReader.RunAsync(
            session, source.Label, () => session.CountStoredAsync(source, bound[n], region, token));
        long found = counted ?? _keepers[n].PassedOver;
        return found == kept.Count ? null : FormattableString.Invariant(
            $"{source.Label}: {kept.Count:N0} rows are stored up to where reading began, but the source now has {found:N0} there");
    }

    static string RowsSince(EventSource source, long cut) => source.Changes!.IsCounter
        ? FormattableString.Invariant($"{source.Changes.Watermark} {cut:N0}")
        : MicrosecondTime.ToText(cut);

    static void RefuseBadKeys(EventSource source, RowKeeper keeper)
    {
        if (keeper.Keys is not { } keys)
            return;
        string where = $"{source.Label}, column {source.Changes!.Key}";
        if (keys.Missing > 0)
            throw SourceBinding.Fail([new SourceProblem(
                where,
                $"{keys.Missing} rows without a key",
                "a key in every row",
                "Leave these rows out with a query, or name a column that is never null.")]);
        if (keys.CountRepeated() is > 0 and var repeated)
            throw SourceBinding.Fail([new SourceProblem(
                where,
                $"{repeated} rows whose key another row has",
                "a key that is unique",
                "Name the primary key, or take incremental out of the source: rows are then followed by the time of the event.")]);
    }
}
