namespace BatchRecs.IntegrationTests.Host;

/// <summary>The built program as a process: what it does to a store, what it says, and how it ends.</summary>
public sealed class ProgramTests : IDisposable
{
    readonly SmallProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task A_rollback_gives_readers_the_release_before()
    {
        await _project.RunAsync("run", "shop");
        _project.Execute("insert into purchases values (1, 2, '2026-01-29T00:00:00Z')");
        await _project.RunAsync("run", "shop");

        var rollback = await _project.RunAsync("releases", "rollback", "shop");

        Assert.Equal(
            new Ended(
                0,
                "shop: release 1 is current, in place of release 2\nRuns do not publish release 2 again; they publish what is new.\n",
                ""),
            rollback);
        Assert.Equal("1", _project.Read("select max(release_id) from shop_recommendations"));
    }

    [Fact]
    public async Task Rejected_rows_are_listed_with_their_users_and_the_run_names_none()
    {
        _project.Execute("insert into purchases values (4711, 7, '2999-01-01T00:00:00Z')");
        var run = await _project.RunAsync("run", "shop");

        var rejected = await _project.RunAsync("runs", "rejected", "shop");

        Assert.Equal(0, run.Code);
        Assert.DoesNotContain("4711", run.Out + run.Error, StringComparison.Ordinal);
        Assert.Equal(
            new Ended(
                0,
                """
                shop: run 1 rejected rows of sources[0] (purchases)
                  1 because time is later than now (column at), 1 of them here

                  reason                  user  item  time                  value
                  ----------------------  ----  ----  --------------------  -----
                  time is later than now  4711  7     2999-01-01T00:00:00Z  null


                """,
                ""),
            rejected);
    }

    [Fact]
    public async Task Recreate_removes_a_recommender_and_the_next_run_makes_it_anew()
    {
        await _project.RunAsync("run", "shop");

        var recreate = await _project.RunAsync("migrate", "--recreate", "shop");
        var gone = await _project.RunAsync("recommend", "shop", "--user", "1");
        var again = await _project.RunAsync("run", "shop");

        Assert.Equal(
            new Ended(
                0,
                "serving: removed recommender shop with its tables and views and 1 release\n"
                + "batchrecs run jobs/shop.yaml makes them anew; rights on its views must be granted again\n",
                ""),
            recreate);
        Assert.Equal(2, gone.Code);
        Assert.StartsWith("shop: run 2 published, release ", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recreate_of_an_unknown_recommender_lists_what_there_is()
    {
        await _project.RunAsync("run", "shop");

        Assert.Equal(
            new Ended(2, "", "batchrecs: No serving store of a job has a recommender 'shoop'. There are: shop.\n"),
            await _project.RunAsync("migrate", "--recreate", "shoop"));
    }

    [Fact]
    public async Task A_list_made_of_popular_items_is_still_the_users_own()
    {
        _project.Job(scorers: "{ popular: {} }", blend: "{ popular: 1 }");
        await _project.RunAsync("run", "shop");

        var own = await _project.RunAsync("recommend", "shop", "--user", "1");
        var none = await _project.RunAsync("recommend", "shop", "--user", "777");

        Assert.StartsWith("shop: user 1, release 1\n", own.Out, StringComparison.Ordinal);
        Assert.StartsWith("shop: user 777 has no list of their own; the popular list, release 1\n", none.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_ends_with_exit_code_2_and_names_file_and_line()
    {
        _project.Job("windw: 30d");

        var (code, output, error) = await _project.RunAsync("run", "shop");

        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.StartsWith("batchrecs: jobs/shop.yaml:16: windw: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_without_events_ends_with_exit_code_3_and_is_named_once()
    {
        _project.Job(table: "no_purchases");

        var (code, output, error) = await _project.RunAsync("run", "shop", "--as-of", "2026-02-01");

        Assert.Equal(3, code);
        Assert.Equal("", output);
        Assert.StartsWith("batchrecs: ", error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n'), line => line.Contains("no_purchases", StringComparison.Ordinal));
        Assert.Equal("Failed 3", _project.Read("select state || ' ' || exit_code from batchrecs_runs"));
    }

    [Fact]
    public async Task A_store_that_cannot_be_opened_ends_with_exit_code_5_and_is_named_once()
    {
        _project.Settings($"Data Source={_project.InFolder("jobs")}");

        var (code, output, error) = await _project.RunAsync("run", "shop");

        Assert.Equal(5, code);
        Assert.Equal("", output);
        Assert.Single(error.Split('\n'), line => line.Contains("unable to open database file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_release_that_a_guard_refuses_ends_with_exit_code_6_and_readers_have_nothing_of_it()
    {
        _project.Job("guard: { minUsers: 1000 }");

        var (code, output, error) = await _project.RunAsync("run", "shop");

        Assert.Equal(6, code);
        Assert.StartsWith("shop: run 1 refused, nothing was published: ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("WRN", error, StringComparison.Ordinal);
        Assert.Equal("0", _project.Read("select count(*) from shop_recommendations"));
        Assert.Equal("Refused 6", _project.Read("select state || ' ' || exit_code from batchrecs_runs"));
    }

    [Fact]
    public async Task A_run_that_is_terminated_says_so_in_one_line_and_the_ledger_knows()
    {
        _project.Job(scorers: "{ als: { factors: 256, iterations: 100 } }", blend: "{ als: 1 }");
        using var run = _project.Start("run", "shop");
        await run.LineAsync("extract: computed");

        run.Terminate();
        var (code, output, error) = await run.EndAsync();

        Assert.Equal(130, code);
        Assert.Equal("", output);
        Assert.Equal(
            ["batchrecs: cancelled; finished stages are kept, run again to go on"],
            error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !line.StartsWith("extract: ", StringComparison.Ordinal)));
        Assert.Equal("Cancelled 130", _project.Read("select state || ' ' || exit_code from batchrecs_runs"));
    }

    [Fact]
    public async Task A_run_is_cancelled_from_another_process_which_says_how_it_ended()
    {
        _project.Job(scorers: "{ als: { factors: 256, iterations: 100 } }", blend: "{ als: 1 }");
        using var run = _project.Start("run", "shop");
        await run.LineAsync("extract: computed");

        var cancel = await _project.RunAsync("runs", "cancel", "shop", "--reason", "too slow");
        var (code, _, error) = await run.EndAsync();
        var again = await _project.RunAsync("runs", "cancel", "shop");

        string message = $"cancelled by {Environment.UserName}@{Environment.MachineName} via cli (too slow); "
            + "finished stages are kept, run again to go on";
        Assert.Equal(new Ended(0, $"run 1 of shop: {message}\n", ""), cancel);
        Assert.Equal(130, code);
        Assert.Contains($"batchrecs: {message}\n", error, StringComparison.Ordinal);
        Assert.Equal(2, again.Code);
        Assert.Equal(
            "batchrecs: There is no run to cancel. Nothing of shop is under way; batchrecs run shop.yaml continues what was cut off.\n",
            again.Error);
    }

    [Fact]
    public async Task A_failure_is_in_the_log_file_with_its_run()
    {
        _project.Job(table: "no_purchases");
        await _project.RunAsync("run", "shop", "--as-of", "2026-02-01");

        string log = File.ReadAllText(Directory.GetFiles(_project.InFolder(".batchrecs/logs")).Single());

        Assert.Single(log.Split('\n'), line => line.Contains("\"Level\":\"Error\"", StringComparison.Ordinal)
            && line.Contains("\"RunId\":1", StringComparison.Ordinal));
    }
}
