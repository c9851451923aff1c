using System.Data.Common;
using BatchRecs.Core.Ranking;
using BatchRecs.Store;
using BatchRecs.Store.Migrations;
using BatchRecs.Store.Releases;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchRecs.Benchmarks.Store;

/// <summary>The form that releases have: loaded, published and removed by the same code as every night.</summary>
sealed class ReleaseForm(StoreSettings settings) : ListForm("release"), IAsyncDisposable
{
    const string Recommender = "bench";

    readonly Database _store = Databases.Open(settings, NullLoggerFactory.Instance);
    long _releaseId;
    string _for = "";

    /// <inheritdoc/>
    public override string WholeList => $"{View} order by rank";

    /// <inheritdoc/>
    public override string TopTen => $"{View} order by rank limit 10";

    /// <inheritdoc/>
    public override string? For => _for;

    string View =>
        "select item_id, rank, score, source, reason_code, because_item_id " +
        $"from {(settings.Provider == StoreProvider.Postgres ? "recs." : "")}{Recommender}_recommendations where user_id = @userId";

    /// <inheritdoc/>
    public override async Task LoadAsync(SyntheticLists lists, CancellationToken token)
    {
        var releases = new ReleaseStore(_store);
        await new Migrator(_store, TimeProvider.System).MigrateAsync(token);
        await releases.EnsureRecommenderAsync(new RecommenderSpec(Recommender, lists.Users.Kind, lists.Items.Kind), token);
        var now = TimeProvider.System.GetUtcNow();
        await using (var writer = await releases.BeginAsync(
            Recommender, new ReleaseStart(1, "key", 0, ""), lists.Users, lists.Items, now, token))
        {
            foreach (var block in lists.Blocks())
                await writer.WriteRecommendationsAsync(ReleaseTable.Main, block, token);
            await writer.WriteItemsAsync(lists.Statistics(), token);
            await writer.CompleteAsync("{}", token);
            _releaseId = writer.ReleaseId;
        }
        await releases.PublishAsync(_releaseId, now, token);
        _for = await new ServingReader(_store).RecommendationsQueryAsync(Recommender, token);
    }

    /// <summary>Removes the release before, outside of what is timed.</summary>
    public Task PruneAsync(CancellationToken token) => new ReleaseStore(_store).PruneAsync(Recommender, keep: 1, token);

    /// <inheritdoc/>
    public override async Task<bool> VerifyAsync(SyntheticLists lists, CancellationToken token)
    {
        var contents = new ReleaseContents(lists.Users, lists.Items, Exclusions.None(lists.Users.Count));
        await new ReleaseStore(_store).VerifyAsync(_releaseId, contents, progress: null, token);
        return true;
    }

    /// <inheritdoc/>
    public override async Task<long> BytesAsync(CancellationToken token)
    {
        await using var connection = await _store.OpenAsync(readOnly: true, token);
        await using var command = connection.CreateCommand();
        command.CommandText = settings.Provider == StoreProvider.Postgres
            ? $"select pg_total_relation_size('batchrecs.{Recommender}_main_r{_releaseId}')"
            : "select (page_count - freelist_count) * page_size from pragma_page_count, pragma_freelist_count, pragma_page_size";
        return Convert.ToInt64(await command.ExecuteScalarAsync(token), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public override Task<DbConnection> OpenAsync(CancellationToken token) => _store.OpenAsync(readOnly: true, token);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
