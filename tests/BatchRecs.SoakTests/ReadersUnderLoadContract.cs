using BatchRecs.IntegrationTests.Support;
using BatchRecs.SoakTests.Support;
using BatchRecs.Store;

namespace BatchRecs.SoakTests;

/// <summary>Eight connections read without a pause while releases are published, rolled back, rolled forward and removed.</summary>
public abstract class ReadersUnderLoadContract(StoreProvider provider) : StoreContract(provider)
{
    const int Readers = 8;
    const int Publications = 20;
    const int WarmUpRounds = 20;
    const int QuietRounds = 200;

    /// <summary>After each flip so many rounds of all readers together go by before the next one.</summary>
    const int RoundsPerFlip = 3 * Readers;

    [Fact]
    public async Task Readers_see_one_complete_release_while_twenty_are_published_and_rolled_back()
    {
        var questions = new LoadQuestions(Provider, length: 20);
        long[] releases = await BuildAsync(questions);
        await Releases.PublishAsync(releases[0], Now, None);

        // The first reads open connections and compile: they are no measure.
        await Task.WhenAll(NewReaders(questions).Select(reader => Task.Run(() => reader.ReadAsync(round => round < WarmUpRounds))));
        var quiet = NewReaders(questions);
        await Task.WhenAll(quiet.Select(reader => Task.Run(() => reader.ReadAsync(round => round < QuietRounds))));
        var busy = NewReaders(questions);
        int flips = await FlipAsync(releases, busy);

        var before = Latencies.Of(quiet.SelectMany(reader => reader.Times));
        var during = Latencies.Of(busy.SelectMany(reader => reader.Times));
        var wrong = quiet.Concat(busy).SelectMany(reader => reader.Wrong).ToList();
        SoakReport.Write(
            $"readers-{Provider}".ToLowerInvariant(),
            $"readers on {Provider}: {Readers} connections, {flips} flips, {wrong.Count} mixed or incomplete reads; quiet {before}; " +
            $"during flips {during}",
            new { connections = Readers, flips, quiet = before, during, wrong });
        Assert.Empty(wrong);
        Assert.All(busy, reader => Assert.True(reader.Releases.Count > 1));
        Assert.Equal([releases[^1]], (await Releases.ListAsync("movies", None)).Select(release => release.ReleaseId));
    }

    List<LoadReader> NewReaders(LoadQuestions questions) =>
        [.. Enumerable.Range(0, Readers).Select(number => new LoadReader(Store, questions, number))];

    async Task<long[]> BuildAsync(LoadQuestions questions)
    {
        await Releases.EnsureRecommenderAsync(Some.Spec(), None);
        long[] releases = new long[Publications + 1];
        for (int n = 0; n < releases.Length; n++)
        {
            releases[n] = await Some.ReleaseAsync(
                Releases, "movies", questions.UserIds, questions.ItemIds, score: n + 1, key: $"key{n}", length: questions.Length);
            questions.Know(releases[n], n + 1);
        }
        return releases;
    }

    /// <summary>Publishes each release, goes back to the one before it and forward again; at the end removes all others.</summary>
    async Task<int> FlipAsync(long[] releases, List<LoadReader> readers)
    {
        using var read = new SemaphoreSlim(0);
        using var done = new CancellationTokenSource();
        var reading = Task.WhenAll(readers.Select(reader => Task.Run(() => reader.ReadAsync(_ =>
        {
            read.Release();
            return !done.IsCancellationRequested;
        }))));
        int flips = 0;
        async Task ToAsync(Task flip)
        {
            await flip;
            flips++;
            for (int round = 0; round < RoundsPerFlip; round++)
                await Task.WhenAny(read.WaitAsync(None), reading);
        }

        foreach (long release in releases[1..])
        {
            await ToAsync(Releases.PublishAsync(release, Now.AddMinutes(flips), None));
            await ToAsync(Releases.RollbackAsync("movies", null, Now.AddMinutes(flips), None));
            await ToAsync(Releases.RollbackAsync("movies", release, Now.AddMinutes(flips), None));
        }
        await Releases.PruneAsync("movies", 1, None);
        await done.CancelAsync();
        await reading;
        return flips;
    }
}

/// <summary>The readers on SQLite.</summary>
[Collection(Alone.Name)]
public sealed class SqliteReadersUnderLoad() : ReadersUnderLoadContract(StoreProvider.Sqlite);

/// <summary>The readers on PostgreSQL.</summary>
[Collection(Alone.Name)]
public sealed class PostgresReadersUnderLoad() : ReadersUnderLoadContract(StoreProvider.Postgres);
