using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.Pipeline.Privacy;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Privacy;
using Dapper;

namespace BatchRecs.IntegrationTests.Privacy;

/// <summary>Whoever is forgotten is nowhere any more and stays away; nobody else notices.</summary>
public sealed class ForgetTests
{
    static CancellationToken None => CancellationToken.None;

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task The_id_is_in_no_table_and_in_no_file_any_more(StoreProvider serving)
    {
        await using var project = await PrivacyProject.CreateAsync(serving);
        await project.PublishAsync();
        await PrivacyProject.AddEventAsync(project, 20);
        // From now on something is drawn for the user too.
        project.Write(new ShopJob().With("explore", "{ ranks: [2, 4], share: 1 }"));
        await project.PublishAsync();
        string killed = project.InFolder($".batchrecs/artifacts/{ShopJob.Name}/extract/.tmp-killed");
        Directory.CreateDirectory(killed);
        await File.WriteAllTextAsync(Path.Combine(killed, "users.npy"), PrivacyProject.User);
        Assert.NotEmpty(await Traces.OfAsync(project, PrivacyProject.Word));

        await project.ForgetAsync(PrivacyProject.User);

        Assert.Empty(await Traces.OfAsync(project, PrivacyProject.Word));
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task The_lists_of_everybody_else_stay_in_every_release(StoreProvider serving)
    {
        await using var project = await PrivacyProject.CreateAsync(serving);
        var older = await project.PublishAsync();
        await PrivacyProject.AddEventAsync(project, 20);
        var newer = await project.PublishAsync();

        await project.ForgetAsync(PrivacyProject.User);

        Assert.Equal(Others(newer), (await project.ReadListsAsync()).All);
        await project.Releases.RollbackAsync(ShopJob.Name, null, project.Clock.Now, None);
        Assert.Equal(Others(older), (await project.ReadListsAsync()).All);
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task The_next_run_publishes_what_a_shop_without_the_user_would(StoreProvider serving)
    {
        await using var without = await RefreshProject.ShopAsync(serving);
        var expected = await without.PublishAsync();
        await using var project = await PrivacyProject.CreateAsync(serving);
        await project.PublishAsync();

        await project.ForgetAsync(PrivacyProject.User);
        var outcome = await project.RunAsync();

        Assert.Equal(RunState.Published, outcome.State);
        Assert.EndsWith(", 1 user left out (0 opted out, 1 forgotten)", outcome.Stages[0].Note, StringComparison.Ordinal);
        Assert.Equal(expected.All, (await project.ReadListsAsync()).All);
        Assert.Empty(await Traces.OfAsync(project, PrivacyProject.Word));
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task The_receipt_counts_what_was_removed_and_names_nobody(StoreProvider serving)
    {
        await using var project = await PrivacyProject.CreateAsync(serving);
        await project.PublishAsync();

        var receipt = await project.ForgetAsync(PrivacyProject.User);

        Assert.Equal((ShopJob.Name, "tester@here", project.Clock.Now), (receipt.Recommender, receipt.RequestedBy, receipt.At));
        Assert.Equal([new ErasedRelease(1, 15, Blocked: false)], receipt.Counts.Releases);
        Assert.Equal((0, 5, true), (receipt.Counts.QuarantinedRows, receipt.Counts.Artifacts, receipt.Counts.Compacted));
        var counts = (await project.Releases.GetAsync(1, None))!.Counts!;
        Assert.Equal((SomeShop.Users, 3000, 1497), (counts.Users, counts.Recommendations, counts.Again));
    }

    [Fact]
    public async Task An_unknown_user_gets_a_receipt_with_zeros()
    {
        await using var project = await RefreshProject.ShopAsync();
        await project.PublishAsync();

        var receipt = await project.ForgetAsync("nobody");

        Assert.Empty(receipt.Counts.Releases);
        Assert.Equal(24, receipt.Receipt.Length);
    }

    [Fact]
    public async Task A_user_is_kept_out_who_was_forgotten_before_the_first_run()
    {
        await using var project = await PrivacyProject.CreateAsync(StoreProvider.Sqlite);

        await project.ForgetAsync(PrivacyProject.User);
        await project.PublishAsync();

        Assert.Empty(await Traces.OfAsync(project, PrivacyProject.Word));
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite, IdKind.Int32, "+1", "1 ")]
    [InlineData(StoreProvider.Postgres, IdKind.Int32, "001", "1 ")]
    [InlineData(StoreProvider.Postgres, IdKind.Int16, "1", "1 ")]
    [InlineData(
        StoreProvider.Sqlite, IdKind.Uuid, "{00000001-0000-4000-8000-0000000000FF}", "00000001-0000-4000-8000-0000000000ff ")]
    [InlineData(
        StoreProvider.Postgres, IdKind.Uuid, "00000001-0000-4000-8000-0000000000FF", "00000001-0000-4000-8000-0000000000ff ")]
    public async Task Ids_of_every_kind_are_found_however_they_are_written(StoreProvider store, IdKind kind, string user, string row)
    {
        await using var project = await RefreshProject.ShopAsync(store, ids: kind);
        var before = await project.PublishAsync();

        await project.ForgetAsync(user);
        var after = await project.ReadListsAsync();
        var next = await project.PublishAsync();

        Assert.Contains(before.Main, line => line.StartsWith(row, StringComparison.Ordinal));
        Assert.DoesNotContain(after.Main, line => line.StartsWith(row, StringComparison.Ordinal));
        Assert.DoesNotContain(next.Main.Concat(next.Again), line => line.StartsWith(row, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_id_of_another_type_is_refused_without_repeating_it()
    {
        await using var project = await RefreshProject.ShopAsync(ids: IdKind.Int32);
        await project.PublishAsync();

        var error = await Assert.ThrowsAsync<ConfigurationException>(() =>
            project.Forgetting().ForgetAsync("Anna", RefreshProject.JobPath, "tester", None));

        Assert.Equal(
            "The given user id is no id of recommender 'shop' (its user ids are of type Int64). Write it as the warehouse has it.",
            error.Message);
    }

    [Fact]
    public async Task A_release_that_cannot_be_cleaned_is_blocked_from_rollback()
    {
        await using var project = await PrivacyProject.CreateAsync(StoreProvider.Sqlite);
        await project.PublishAsync();
        await PrivacyProject.AddEventAsync(project, 20);
        await project.PublishAsync();
        int deletes = 0;
        // The current release comes first, with two lists; the third statement is the older release's.
        var faults = new FaultPoints(statement =>
        {
            if (statement == "privacy/delete_rows" && ++deletes == 3)
                throw new StoreException("The table is damaged.");
        });
        var forgetting = new Forgetting(project.Context with { Faults = faults }, project.Log, project.Clock);

        var receipt = Assert.Single(await forgetting.ForgetAsync(PrivacyProject.User, null, "tester", None));

        Assert.Equal([new ErasedRelease(2, 15, Blocked: false), new ErasedRelease(1, 0, Blocked: true)], receipt.Counts.Releases);
        await Assert.ThrowsAsync<ConfigurationException>(() =>
            project.Releases.RollbackAsync(ShopJob.Name, 1, project.Clock.Now, None));
        await project.PublishAsync();
        Assert.Empty(await Traces.InTablesAsync(project.Serving, PrivacyProject.Word));
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task A_forget_that_fails_at_any_statement_is_done_by_repeating_it(StoreProvider serving)
    {
        await using var project = await PrivacyProject.CreateAsync(serving, PrivacyProject.QuickJob());
        var before = await project.PublishAsync();
        int point = 0;
        for (bool fails = true; fails; point++)
        {
            int statements = 0;
            fails = false;
            var faults = new FaultPoints(statement =>
            {
                fails = fails || statements == point;
                if (statements++ == point)
                    throw new StoreException($"{statement} failed.");
            });
            var forgetting = new Forgetting(project.Context with { Faults = faults }, project.Log, project.Clock);

            await Record.ExceptionAsync(() => forgetting.ForgetAsync(PrivacyProject.User, null, "tester", None));
            Assert.Equal(Others(before), Others(await project.ReadListsAsync()));
        }

        Assert.InRange(point, 20, 60);
        Assert.Empty(await Traces.OfAsync(project, PrivacyProject.Word));
    }

    [Fact]
    public async Task Artifacts_that_cannot_be_removed_leave_the_store_clean_and_a_message_that_says_so()
    {
        await using var project = await PrivacyProject.CreateAsync(StoreProvider.Sqlite, PrivacyProject.QuickJob());
        await project.PublishAsync();
        project.Faults = new FaultPoints(File: name =>
        {
            if (name == "rename")
                throw new IOException("Access to the path is denied.");
        });

        var error = await Assert.ThrowsAsync<ResourceException>(() => project.ForgetAsync(PrivacyProject.User));
        string[] left = await Traces.InTablesAsync(project.Serving, PrivacyProject.Word);
        project.Faults = null;
        var receipt = await project.ForgetAsync(PrivacyProject.User);

        Assert.Equal(
            "Store 'serving' holds nothing of the user for shop any more, and no later run takes the user in; but artifacts of shop cannot "
            + "be removed: Access to the path is denied. Expected: the right to remove folders in the work folder. Mend that and repeat "
            + "the command: it does the rest and gives the receipt.",
            error.Message);
        Assert.Empty(left);
        Assert.Equal(5, receipt.Counts.Artifacts);
        Assert.Empty(await Traces.OfAsync(project, PrivacyProject.Word));
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task A_key_that_is_gone_ends_runs_and_forgets_instead_of_letting_everybody_back(StoreProvider serving)
    {
        await using var project = await PrivacyProject.CreateAsync(serving, PrivacyProject.QuickJob());
        await project.ForgetAsync(PrivacyProject.User);
        string table = serving == StoreProvider.Postgres ? "batchrecs.privacy_key" : "batchrecs_privacy_key";
        await using (var connection = await project.Serving.OpenAsync(readOnly: false, None))
            await connection.ExecuteAsync($"delete from {table}");

        var run = await Assert.ThrowsAsync<StoreException>(() => project.RunAsync());
        var forget = await Assert.ThrowsAsync<StoreException>(() => project.ForgetAsync("00002"));

        Assert.StartsWith(
            "Store 'serving' remembers users who were forgotten, but the key to recognise them is gone: table ", run.Message,
            StringComparison.Ordinal);
        Assert.Equal(run.Message, forget.Message);
        Assert.Empty(await project.Releases.ListAsync(ShopJob.Name, None));
    }

    /// <summary>The id sorts last, so the histogram of the ids ends with it.</summary>
    [Fact]
    public async Task The_statistics_of_the_server_do_not_quote_the_id()
    {
        await using var project = await PrivacyProject.CreateAsync(StoreProvider.Postgres, PrivacyProject.QuickJob());
        await project.PublishAsync();
        await using var connection = await project.Serving.OpenAsync(readOnly: true, None);
        Task<bool> QuotedAsync() => connection.ExecuteScalarAsync<bool>(
            $"select coalesce(bool_or(s::text like '%{PrivacyProject.Word}%'), false) from pg_stats s where schemaname = 'batchrecs'");

        bool before = await QuotedAsync();
        await project.ForgetAsync(PrivacyProject.User);

        Assert.True(before);
        Assert.False(await QuotedAsync());
    }

    [Fact]
    public async Task A_user_who_is_readmitted_comes_back_with_the_next_run()
    {
        await using var project = await PrivacyProject.CreateAsync(StoreProvider.Sqlite);
        var before = await project.PublishAsync();
        await project.ForgetAsync(PrivacyProject.User);
        await project.PublishAsync();

        Assert.Equal([ShopJob.Name], await project.Forgetting().ReadmitAsync(PrivacyProject.User, null, None));
        Assert.Empty(await project.Forgetting().ReadmitAsync(PrivacyProject.User, null, None));

        Assert.Equal(before.All, (await project.PublishAsync()).All);
    }

    static string[] Others(ServedLists lists) =>
        [.. lists.All.Where(row => !row.Contains(PrivacyProject.Word, StringComparison.Ordinal))];
}
