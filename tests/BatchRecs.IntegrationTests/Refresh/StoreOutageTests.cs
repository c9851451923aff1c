using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using Npgsql;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>A store that goes away in the middle of a run: the run waits, goes on, and makes the lists that it would have made.</summary>
public sealed class StoreOutageTests
{
    static readonly RetrySettings Quick = new() { FirstDelay = TimeSpan.FromMilliseconds(5), MaxDelay = TimeSpan.FromMilliseconds(50) };

    /// <summary>What is committed survives a crash, as it does on any server that people rely on.</summary>
    const string Durable = "-c synchronous_commit=on";

    /// <summary>The server ends all sessions just before a statement: what was asked next fails on a connection that is gone.</summary>
    [Theory]
    [InlineData("ledger/start_run")]
    [InlineData("ledger/start_stage")]
    [InlineData("ledger/finish_stage")]
    [InlineData("ledger/save_evaluation")]
    [InlineData("releases/insert")]
    [InlineData("releases/load_list")]
    [InlineData("releases/load_items")]
    [InlineData("releases/index_table")]
    [InlineData("releases/attach_table")]
    [InlineData("releases/complete")]
    [InlineData("releases/lock_pointer")]
    [InlineData("releases/move_pointer")]
    [InlineData("ledger/finish_run")]
    [InlineData("commit")]
    public async Task A_run_whose_sessions_are_ended_publishes_the_same_lists(string statement)
    {
        await using var project = await RefreshProject.ShopAsync(StoreProvider.Postgres);
        var expected = await RefreshProject.UndisturbedAsync();
        project.Retries = Quick;
        project.Faults = Once(statement, () => project.EndSessions());

        var outcome = await project.RunAsync();

        Assert.Equal(RunState.Published, outcome.State);
        Assert.Contains(project.Log.Warnings, warning => warning.Contains("is tried again", StringComparison.Ordinal));
        Assert.Equal(expected.All, (await project.ReadListsAsync()).All);
        await AssertOneReleaseAsync(project);
    }

    /// <summary>A second source of rows that do not count keeps the extract going for long enough.</summary>
    [Fact]
    public async Task An_extract_that_breaks_off_in_the_middle_of_its_rows_is_read_again()
    {
        await using var project = await RefreshProject.ShopAsync(StoreProvider.Postgres, job: JobWithNoise());
        await project.ExecuteAsync(Noise);
        var expected = await RefreshProject.UndisturbedAsync();
        project.Retries = Quick;
        bool ended = false;
        var watcher = new RunWatcher(progress: (stage, _) =>
        {
            if (stage == StageName.Extract && !ended)
                project.EndSessions();
            ended = true;
        });

        var outcome = await project.RunAsync(observer: watcher);

        Assert.Equal(RunState.Published, outcome.State);
        Assert.EndsWith("; succeeded at attempt 2, the store broke off before", outcome.Stages[0].Note, StringComparison.Ordinal);
        Assert.Equal(expected.All, (await project.ReadListsAsync()).All);
    }

    [Fact]
    public async Task A_release_in_which_a_broken_connection_left_rows_that_nobody_expects_is_made_anew()
    {
        await using var project = await RefreshProject.ShopAsync(StoreProvider.Postgres);
        var expected = await RefreshProject.UndisturbedAsync();
        project.Retries = Quick;
        project.Faults = Once("releases/load_items", () =>
        {
            project.Execute("insert into batchrecs.shop_items_r1 values (1, 'stray', 5, 1, 0.25, 3)");
            project.EndSessions();
        });

        var outcome = await project.RunAsync();

        Assert.Equal((RunState.Published, 2L), (outcome.State, outcome.ReleaseId));
        Assert.Contains(
            outcome.Stages, stage => stage.Note.EndsWith("; succeeded at attempt 2, the store broke off before", StringComparison.Ordinal));
        Assert.Equal(expected.All, (await project.ReadListsAsync()).All);
        await AssertOneReleaseAsync(project);
    }

    /// <summary>The server crashes and comes back while the run waits for it.</summary>
    [Theory]
    [InlineData("session/read_only")]
    [InlineData("releases/load_list")]
    [InlineData("releases/analyze_table")]
    [InlineData("releases/publish")]
    public async Task A_run_bears_with_a_server_that_crashes_and_comes_back(string statement)
    {
        using var server = new PostgresCluster("crash", Durable);
        await using var project = await RefreshProject.ShopInAsync(server.ConnectionTo("postgres"));
        var expected = await RefreshProject.UndisturbedAsync();
        project.Retries = Quick with { Attempts = 50, MaxDelay = TimeSpan.FromSeconds(1) };
        project.Faults = Once(statement, server.Crash);
        // The run and its lease both notice, each on a thread of its own.
        int started = 0;
        project.Log.Told = _ =>
        {
            if (Interlocked.Exchange(ref started, 1) == 0)
                server.Start();
        };

        var outcome = await project.RunAsync();

        Assert.Equal(RunState.Published, outcome.State);
        Assert.Equal(expected.All, (await project.ReadListsAsync()).All);
        await AssertOneReleaseAsync(project);
    }

    [Fact]
    public async Task A_server_without_a_free_connection_is_waited_for()
    {
        string connection = await new PostgresFixture().CreateDatabaseAsync();
        string limited = new NpgsqlConnectionStringBuilder(connection) { Username = "limited_shop" }.ConnectionString;
        await using var project = await RefreshProject.ShopInAsync(connection, runAs: limited);
        await ExecuteAsync(
            connection,
            "create role limited_shop login connection limit 6; grant all on all tables in schema public to limited_shop; "
                + "grant all on schema public to limited_shop; "
                + "do $$ begin execute format('grant create on database %I to limited_shop', current_database()); end $$");
        var holders = new List<NpgsqlConnection>();
        for (int n = 0; n < 6; n++)
            holders.Add(await OpenAsync(limited));
        project.Retries = Quick with { Attempts = 50 };
        project.Log.Told = _ => holders.ForEach(holder => holder.Dispose());

        var outcome = await project.RunAsync();

        Assert.Equal(RunState.Published, outcome.State);
        Assert.Contains(project.Log.Warnings, warning => warning.Contains("too many connections for role", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_does_not_come_back_ends_the_run_with_the_number_of_attempts()
    {
        using var server = new PostgresCluster("gone", Durable);
        await using var project = await RefreshProject.ShopInAsync(server.ConnectionTo("postgres"));
        project.Retries = Quick with { Attempts = 4 };
        project.Faults = Once("releases/load_list", server.Crash);

        var error = await Assert.ThrowsAsync<StoreException>(() => project.RunAsync());
        server.Start();
        var outcome = await project.RunAsync();

        Assert.Matches("^Store 'serving' cannot be opened: .* Given up after 4 attempts in [0-9]+ s\\.$", error.Message);
        Assert.Equal((5, false), (error.ExitCode, error.IsTransient));
        Assert.Equal(RunState.Published, outcome.State);
        await AssertOneReleaseAsync(project);
    }

    [Fact]
    public async Task A_cancellation_ends_the_waiting_at_once()
    {
        using var server = new PostgresCluster("waiting", Durable);
        await using var project = await RefreshProject.ShopInAsync(server.ConnectionTo("postgres"));
        using var cancellation = new CancellationTokenSource();
        project.Retries = new RetrySettings { FirstDelay = TimeSpan.FromHours(1), MaxDelay = TimeSpan.FromHours(1) };
        project.Faults = Once("releases/load_list", server.Crash);
        project.Log.Told = _ => cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => project.RunAsync(token: cancellation.Token));
        server.Start();
        project.Retries = Quick;
        var outcome = await project.RunAsync();

        Assert.Equal(RunState.Published, outcome.State);
    }

    static readonly string[] Noise =
    [
        "create view noise as select '00001'::text as user_id, '00001'::text as item_id, repeat('noise', 20) as kind, "
            + "timestamptz '2026-01-01' as at from generate_series(1, 300000)",
    ];

    static ShopJob JobWithNoise() => new ShopJob().With(
        "sources",
        "[ { table: events, columns: { user: user_id, item: item_id, time: at, value: value, event: kind } }, "
            + "{ table: noise, columns: { user: user_id, item: item_id, time: at, event: kind } } ]");

    /// <summary>Does something just before the first statement of a name.</summary>
    static FaultPoints Once(string statement, Action act)
    {
        int calls = 0;
        return new FaultPoints(name =>
        {
            if (name == statement && Interlocked.Increment(ref calls) == 1)
                act();
        });
    }

    static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = await OpenAsync(connectionString);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Whatever was begun twice, one release is left, with one set of tables.</summary>
    static async Task AssertOneReleaseAsync(RefreshProject project)
    {
        var release = Assert.Single(await project.Releases.ListAsync(ShopJob.Name, default));
        Assert.True(release.IsCurrent);
        await using var connection = await project.Serving.OpenAsync(readOnly: true, default);
        await using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from pg_tables where schemaname = 'batchrecs' and tablename ~ '^shop_main_r[0-9]+$'";
        Assert.Equal(1L, await command.ExecuteScalarAsync());
    }
}
