using System.Text.Json.Nodes;

namespace BatchRecs.IntegrationTests.Host;

/// <summary>What the built program answers on a project whose job has run: for people, and as JSON with the documented fields.</summary>
public sealed class AnswersTests(PublishedShop shop) : IClassFixture<PublishedShop>
{
    [Fact]
    public void Run_answers_on_standard_output_and_shows_progress_on_standard_error()
    {
        var (code, output, error) = shop.FirstRun;

        Assert.Equal(0, code);
        Assert.StartsWith("shop: run 1 published, release 1 is current\n\nstage       result ", output, StringComparison.Ordinal);
        Assert.Equal(
            ["extract", "evaluate", "weigh", "train", "precompute", "guard", "publish"],
            error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':')[0]));
    }

    [Fact]
    public async Task A_run_on_unchanged_events_says_unchanged_as_JSON()
    {
        var answer = await JsonAsync("run", "shop", "--json");

        Assert.Equal("unchanged", (string?)answer["state"]);
        Assert.Equal(1, (long?)answer["releaseId"]);
        Fields(answer, "runId", "recommender", "state", "releaseId", "exitCode", "message", "stages");
        Fields(answer["stages"]![0], "stage", "result", "rows", "unit", "seconds", "rowsPerSecond", "note");
    }

    [Fact]
    public async Task Runs_are_listed_and_shown_with_their_stages()
    {
        var list = await JsonAsync("runs", "list", "shop", "--state", "published", "--json");
        var run = await JsonAsync("runs", "show", "shop", "--run", "1", "--json");

        Assert.Equal([1], list.AsArray().Select(row => (long)row!["runId"]!));
        Assert.Equal(["published", "cli"], [(string)run["state"]!, (string)run["trigger"]!]);
        Assert.Equal(
            ["extract", "evaluate", "weigh", "train", "precompute", "guard", "publish"],
            run["stages"]!.AsArray().Select(stage => (string)stage!["stage"]!));
        Fields(
            run, "runId", "recommender", "job", "state", "trigger", "asOf", "startedAt", "finishedAt", "exitCode", "releaseId",
            "message", "stages", "rules", "overridden");
        Fields(run["stages"]![0], "stage", "result", "rows", "unit", "seconds", "note");
        Fields(run["rules"]![0], "name", "figure", "limit", "passed", "message", "mayBeOverridden");
    }

    [Fact]
    public async Task Releases_are_listed_and_shown_with_their_figures()
    {
        var list = await JsonAsync("releases", "list", "shop", "--json");
        var release = await JsonAsync("releases", "show", "shop", "--json");

        Assert.Equal([1], list.AsArray().Select(row => (long)row!["releaseId"]!));
        Assert.True((bool)release["isCurrent"]!);
        Assert.Equal(SmallProject.Customers, (long)release["counts"]!["users"]!);
        Fields(
            release, "releaseId", "recommender", "runId", "state", "isCurrent", "createdAt", "publishedAt", "retiredAt", "dataUntil",
            "counts", "metrics", "jobText", "note");
    }

    [Fact]
    public async Task A_customer_gets_articles_of_their_kind_that_they_have_not_bought()
    {
        var list = await JsonAsync("recommend", "shop", "--user", "7", "--count", "4", "--json");

        var bought = Enumerable.Range(0, 8).Select(n => 1 + (2 * ((7 + (5 * n)) % 12)));
        int[] expected = [.. Enumerable.Range(0, 12).Select(n => 1 + (2 * n)).Except(bought)];
        Assert.Equal(expected, list["items"]!.AsArray().Select(row => int.Parse((string)row!["itemId"]!, null)).Order());
        Assert.True((bool)list["hasOwnList"]!);
        Fields(list, "recommender", "userId", "releaseId", "hasOwnList", "items");
        Fields(list["items"]![0], "rank", "itemId", "title", "score", "source", "reasonCode", "becauseItemId", "becauseTitle");
    }

    [Fact]
    public async Task Similar_articles_are_of_the_same_kind()
    {
        var list = await JsonAsync("similar", "shop", "--item", "4", "--count", "5", "--json");

        Assert.Equal("Article 4", (string?)list["title"]);
        Assert.All(list["items"]!.AsArray(), row => Assert.Equal(0, int.Parse((string)row!["itemId"]!, null) % 2));
        Fields(list, "recommender", "itemId", "title", "releaseId", "items");
        Fields(list["items"]![0], "rank", "itemId", "title", "score", "source");
    }

    [Fact]
    public async Task An_article_that_nobody_knows_is_an_error_on_standard_error()
    {
        var (code, output, error) = await shop.Project.RunAsync("similar", "shop", "--item", "777", "--json");

        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Equal("batchrecs: shop has no similar items for '777': the item is unknown, too rare, or there is no release yet.\n", error);
    }

    [Fact]
    public async Task Evaluate_measures_the_list_beside_popularity_and_makes_no_release()
    {
        var report = await JsonAsync("evaluate", "shop", "--json");

        Fields(report, "testFrom", "testUntil", "tuned", "lists", "coldUsers", "windows", "notCompared");
        Fields(report["lists"]![0], "list", "counts", "measuredUsers", "makers", "differences", "contrasts", "buckets");
        var makers = report["lists"]![0]!["makers"]!.AsArray();
        Assert.Equal(["recipe", "popular", "last-7-days"], makers.Select(maker => (string)maker!["name"]!).Take(3));
        Fields(makers[0]!["at"]![0]!["metrics"]!["ndcg"], "estimate", "low", "high");
        Assert.Equal("1", shop.Project.Read("select count(*) from batchrecs_releases"));
    }

    [Fact]
    public async Task Quality_has_the_figures_of_the_release_and_no_night_before_somebody_took_something()
    {
        var answer = await JsonAsync("quality", "shop", "--json");

        Fields(answer, "recommender", "nights", "last", "releases", "warnings");
        Assert.Empty(answer["nights"]!.AsArray());
        Assert.Equal(1, (long?)answer["releases"]![0]!["releaseId"]);
        Fields(
            answer["releases"]![0]!["figures"], "depth", "items", "coverage", "gini", "tailShare", "previousReleaseId", "churn",
            "scoreDrift", "popularityDrift", "warnings");
    }

    [Fact]
    public async Task A_release_does_not_differ_from_itself_and_from_none_that_is_not_there()
    {
        var answer = await JsonAsync("releases", "diff", "shop", "1", "1", "--users", "--json");
        var (code, _, error) = await shop.Project.RunAsync("releases", "diff", "shop", "1", "9");

        Assert.Equal(1, (double?)answer["difference"]!["churn"]!["jaccard"]);
        Assert.Equal(SmallProject.Customers, (int?)answer["difference"]!["churn"]!["users"]);
        Assert.Empty(answer["difference"]!["mostChanged"]!.AsArray());
        Assert.Equal(2, code);
        Assert.Equal(
            "batchrecs: shop has no complete release 9. batchrecs releases list jobs/shop.yaml shows what there is; "
            + "publish.keepReleases says how many are kept.\n",
            error);
    }

    [Fact]
    public async Task Check_says_what_a_run_costs_and_whether_the_data_suffice()
    {
        var answer = await JsonAsync("check", "--json");
        var text = await shop.Project.RunAsync("check", "shop");

        var check = answer[0]!;
        Assert.Empty(check["findings"]!.AsArray());
        Assert.Equal("popular-lists-are-enough", (string?)check["sufficiency"]!["verdict"]);
        Fields(check, "job", "findings", "estimate", "sufficiency", "needs", "hasErrors");
        Fields(check["estimate"], "events", "users", "items", "memoryBytes", "diskBytes", "releaseBytes", "duration", "listBytes");
        Fields(check["sufficiency"], "items", "usersWithThreeEvents", "holdoutUsers", "verdict");
        Assert.StartsWith("jobs/shop.yaml: fine\n  data: popular lists are enough (24 items, ", text.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_finds_nothing_to_do_and_its_script_changes_nothing()
    {
        var migrate = await shop.Project.RunAsync("migrate");
        var script = await shop.Project.RunAsync("migrate", "--script");

        Assert.Equal(new Ended(0, "serving: up to date\n", ""), migrate);
        Assert.Equal(0, script.Code);
        Assert.StartsWith("-- Store serving. For a file that does not exist yet", script.Out, StringComparison.Ordinal);
        Assert.Contains("create table", script.Out, StringComparison.Ordinal);
    }

    async Task<JsonNode> JsonAsync(params string[] args)
    {
        var (code, output, _) = await shop.Project.RunAsync(args);
        Assert.Equal(0, code);
        return JsonNode.Parse(output)!;
    }

    static void Fields(JsonNode? node, params string[] expected) => Assert.Equal(expected, node!.AsObject().Select(field => field.Key));
}
