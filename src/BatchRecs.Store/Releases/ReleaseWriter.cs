using System.Text.Json;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Ranking.Exploration;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Releases;

/// <summary>Loads the rows of a release that readers do not see yet; the kinds of rows may come in any order.</summary>
/// <remarks>
/// For one caller at a time. A block of rows whose connection broke is looked for in a new session and loaded again where it is
/// missing. Whatever ends before <see cref="CompleteAsync"/> leaves a release in state <c>building</c>, which the
/// next run drops.
/// </remarks>
public sealed class ReleaseWriter : IAsyncDisposable
{
    readonly Database _database;
    readonly RecommenderNames _names;
    readonly Dictionary<ReleaseTable, long> _loaded = [];
    readonly IdMap _users;
    readonly IdMap _items;
    readonly RunFence? _fence;
    Session _session;
    ReleaseCounts _counts = new(0, 0, 0, 0, 0, 0);

    internal ReleaseWriter(Session session, RecommenderNames names, long releaseId, IdMap users, IdMap items, RunFence? fence)
    {
        _session = session;
        _database = session.Database;
        _names = names;
        _users = users;
        _items = items;
        _fence = fence;
        ReleaseId = releaseId;
    }

    /// <summary>Gets the id of the release.</summary>
    public long ReleaseId { get; }

    /// <summary>Gets how many rows were loaded so far.</summary>
    public ReleaseCounts Counts => _counts;

    /// <summary>Loads rows of lists of recommendations.</summary>
    /// <param name="list"><see cref="ReleaseTable.Main"/> or <see cref="ReleaseTable.Again"/>.</param>
    /// <param name="batch">The rows, by user, then by rank from 1 without a gap; a user's list is never split over two calls.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="ArgumentException">The recommender has no such list.</exception>
    /// <exception cref="StoreException">The store refused.</exception>
    public async Task WriteRecommendationsAsync(ReleaseTable list, RecommendationBatch batch, CancellationToken token)
    {
        if (list is not (ReleaseTable.Main or ReleaseTable.Again) || !_names.Tables.Contains(list))
            throw new ArgumentException($"Recommender {_names.Spec.Name} has no list {list}.", nameof(list));

        await LoadAsync(
            list,
            _database.ReleaseTables.RowsOf(batch),
            loader => _database.ReleaseTables.WriteListsAsync(loader, new ListRows(ReleaseId, _users, _items, batch), token),
            token);
        int users = batch.Ranks.AsSpan(0, batch.Count).Count(1);
        _counts = list == ReleaseTable.Main
            ? _counts with { Users = _counts.Users + users, Recommendations = _counts.Recommendations + batch.Count }
            : _counts with { Again = _counts.Again + batch.Count };
    }

    /// <summary>Loads similar items.</summary>
    /// <exception cref="StoreException">The store refused.</exception>
    public async Task WriteSimilarAsync(IReadOnlyList<SimilarItem> rows, CancellationToken token)
    {
        await LoadAsync(ReleaseTable.Similar, rows.Count, (loader, n) =>
        {
            loader.WriteId(_items, rows[n].Item);
            loader.Write(rows[n].Rank);
            loader.WriteId(_items, rows[n].Similar);
            loader.Write(rows[n].Score);
            loader.Write(rows[n].Source);
        }, token);
        _counts = _counts with { Similar = _counts.Similar + rows.Count };
    }

    /// <summary>Loads popular and trending lists.</summary>
    /// <exception cref="StoreException">The store refused.</exception>
    public async Task WritePopularAsync(IReadOnlyList<PopularItem> rows, CancellationToken token)
    {
        await LoadAsync(ReleaseTable.Popular, rows.Count, (loader, n) =>
        {
            loader.Write(rows[n].Segment);
            loader.Write(rows[n].Kind);
            loader.Write(rows[n].Rank);
            loader.WriteId(_items, rows[n].Item);
            loader.Write(rows[n].Score);
        }, token);
        _counts = _counts with { Popular = _counts.Popular + rows.Count };
    }

    /// <summary>Loads statistics of items.</summary>
    /// <exception cref="StoreException">The store refused.</exception>
    public async Task WriteItemsAsync(IReadOnlyList<ItemStatistics> rows, CancellationToken token)
    {
        await LoadAsync(ReleaseTable.Items, rows.Count, (loader, n) =>
        {
            loader.WriteId(_items, rows[n].Item);
            loader.Write(rows[n].Users);
            loader.Write(rows[n].Popularity);
            loader.Write(rows[n].Propensity);
            loader.Write(rows[n].Exposure);
        }, token);
        _counts = _counts with { Items = _counts.Items + rows.Count };
    }

    /// <summary>Loads what was drawn for places of the main lists.</summary>
    /// <param name="rows">The draws; the rows of the main lists hold the same items at the same ranks.</param>
    /// <param name="policy">What the items were drawn from, in a word for readers.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="StoreException">The store refused.</exception>
    public async Task WriteExplorationAsync(IReadOnlyList<ExploredRow> rows, string policy, CancellationToken token)
    {
        await LoadAsync(ReleaseTable.Exploration, rows.Count, (loader, n) =>
        {
            loader.WriteId(_users, rows[n].User);
            loader.Write(rows[n].Rank);
            loader.WriteId(_items, rows[n].Item);
            loader.Write(rows[n].Propensity);
            loader.Write(rows[n].PoolSize);
            loader.Write(rows[n].Score);
            loader.WriteId(_items, rows[n].BestItem);
            loader.Write(policy);
        }, token);
        _counts = _counts with { Explored = _counts.Explored + rows.Count };
    }

    /// <summary>Indexes what was loaded and makes the release ready to be published.</summary>
    /// <param name="metrics">The figures of the release, as a JSON object.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>How many rows the release has.</returns>
    /// <exception cref="StoreException">The store refused, or somebody dropped the release meanwhile.</exception>
    public async Task<ReleaseCounts> CompleteAsync(string metrics, CancellationToken token)
    {
        foreach (var table in _names.Tables)
            await _database.ReleaseTables.SealAsync(_session, _names, table, ReleaseId, token);
        var complete = new Statement("releases/complete", _names.Tokens, new
        {
            releaseId = ReleaseId,
            counts = JsonSerializer.Serialize(_counts, ReleaseCounts.Json),
            metrics,
        });
        int changed = await AgainAsync($"completing release {ReleaseId}", async () =>
        {
            await _session.BeginAsync(token);
            if (_fence is not null)
                await _fence.CheckAsync(_session, token);
            int rows = await _session.ExecuteAsync(complete, token);
            await _session.CommitAsync(token);
            return rows;
        }, token);
        if (changed == 0)
            throw new StoreException(
                $"Release {ReleaseId} of {_names.Spec.Name} is no longer being built: another process dropped it. " +
                "Let only one run of a recommender work at a time.");
        return _counts;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    Task LoadAsync(ReleaseTable table, int count, Action<RowLoader, int> write, CancellationToken token) =>
        LoadAsync(table, count, loader => WriteRowsAsync(loader, count, write, token), token);

    /// <summary>Loads a block of rows; where the connection breaks, as often as it takes to have them there once.</summary>
    async Task LoadAsync(ReleaseTable table, int count, Func<RowLoader, Task> write, CancellationToken token)
    {
        if (count == 0)
            return;
        var target = _names.Tokens.With("table", _database.ReleaseTables.LoadTarget(_names, table, ReleaseId));
        var load = new Statement($"releases/load_{table.Form}", target);
        var counted = new Statement("releases/count_rows", target, new { releaseId = ReleaseId });
        long before = _loaded.GetValueOrDefault(table);
        bool mayBeDone = false;
        long rows = await AgainAsync($"loading {count} rows of release {ReleaseId}", async () =>
        {
            // The block may have been kept although nobody said so: then it must not come twice.
            if (mayBeDone && await CountAsync(table, counted, token) is var found && found != before)
                return found;
            mayBeDone = true;
            await _session.LoadAsync(load, write, _fence, token);
            return before + count;
        }, token);
        // Not inside the attempts, which end errors for good: the stage is to begin again.
        if (rows != before + count)
            throw new StoreException(
                $"Release {ReleaseId} of {_names.Spec.Name} has {rows} rows where {before} or {before + count} were expected after a " +
                "broken connection. It is made anew.",
                isTransient: true);
        _loaded[table] = rows;
    }

    async Task WriteRowsAsync(RowLoader loader, int count, Action<RowLoader, int> write, CancellationToken token)
    {
        for (int n = 0; n < count; n++)
        {
            loader.StartRow();
            loader.Write(ReleaseId);
            write(loader, n);
            await loader.EndRowAsync(token);
        }
    }

    /// <summary>Counts rows when nobody can add any more: the server may not have noticed yet that a connection broke.</summary>
    async Task<long> CountAsync(ReleaseTable table, Statement counted, CancellationToken token)
    {
        await _session.BeginAsync(token);
        await _database.ReleaseTables.WaitForLoadsAsync(_session, _names, table, ReleaseId, token);
        long rows = await _session.FindAsync<long>(counted, token);
        await _session.CommitAsync(token);
        return rows;
    }

    /// <summary>Runs an action that may be repeated; each attempt but the first has a session of its own.</summary>
    Task<T> AgainAsync<T>(string what, Func<Task<T>> run, CancellationToken token)
    {
        bool isFirst = true;
        return _database.Retry.RunAsync(what, async () =>
        {
            if (!isFirst)
            {
                await _session.DisposeAsync();
                _session = await _database.StartAsync(readOnly: false, token);
                await _database.ReleaseTables.PrepareAsync(_session, token);
            }
            isFirst = false;
            return await run();
        }, token);
    }
}
