using BatchRecs.Core.ReRanking;

namespace BatchRecs.UnitTests.Definitions;

/// <summary>The keys of re-rankers and of business rules.</summary>
public sealed class RuleKeysTests : IDisposable
{
    readonly SomeProject _project = new();

    public RuleKeysTests() => _project.Write("jobs/queries/some.sql", "select 1");

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("caps")]
    [InlineData("calibration")]
    [InlineData("xquad")]
    public void Re_rankers_that_go_by_categories_need_some(string name) => Assert.EndsWith(
        $"precompute.rerank[0].name: the re-ranker '{name}' goes by categories; expected items.columns.categories.",
        Assert.Single(_project.MistakesIn($"{SomeProject.ShortestJob}\nprecompute: {{ rerank: [{{ name: {name} }}] }}")),
        StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_re_ranked_and_there_are_no_rules_unless_the_job_says_so()
    {
        var job = _project.Load(SomeProject.ShortestJob).Job;

        Assert.Empty(job.Precompute.Rerank);
        Assert.Empty(job.Rules);
        Assert.Empty(job.Segments);
    }

    [Fact]
    public void Re_rankers_keep_their_order_and_have_options_of_their_own()
    {
        var job = _project.Load($$"""
            {{SomeProject.ShortestJob}}
            items: { table: films, columns: { item: id, categories: genre } }
            precompute: { rerank: [ { name: mmr, lambda: 0.6 }, { name: caps }, { name: mmr } ] }
            """).Job;

        Assert.Equal(["mmr", "caps", "mmr"], job.Precompute.Rerank.Select(choice => choice.Name));
        Assert.Equal(
            [new MmrOptions { Lambda = 0.6 }, new CategoryCapsOptions(), new MmrOptions()],
            job.Precompute.Rerank.Select(choice => choice.Options));
    }

    [Theory]
    [InlineData("{ name: mmrr }", "[0].name: found 'mmrr'; did you mean 'mmr'?")]
    [InlineData("{ lambda: 1 }", "[0].name: missing; expected one of: mmr, caps, novelty, xquad, dpp, calibration.")]
    [InlineData("{ name: mmr, lambda: 2 }", "[0].lambda: found '2'; expected a number from 0 to 1.")]
    [InlineData("{ name: caps, lambda: 1 }", "[0].lambda: unknown key; expected one of: atMost, apart, depth.")]
    public void What_is_wrong_with_a_re_ranker_is_named(string entry, string mistake) =>
        Assert.Equal(
            [$"jobs/movies.yaml:5: precompute.rerank{mistake}"], _project.MistakesBelow($"precompute: {{ rerank: [ {entry} ] }}"));

    [Theory]
    [InlineData("{ action: pin, items: [a], rank: 2 }")]
    [InlineData("{ action: boost, category: old, factor: 1 }")]
    [InlineData("{ action: bury, query: jobs/queries/some.sql }")]
    [InlineData("{ action: bury, items: [a], factor: 0.5, segment: club }")]
    [InlineData("{ action: block, items: [a] }")]
    [InlineData("{ query: jobs/queries/some.sql }")]
    public void A_rule_that_fits_together_is_read(string rule) => Assert.Single(_project.Load(Job(rule)).Job.Rules);

    [Theory]
    [InlineData("{ action: block }", ": found none; expected one of items, category and query.")]
    [InlineData("{ action: block, items: [a], category: old }", ": found items and category; expected one of items, category and query.")]
    [InlineData("{ items: [a] }",
        ".action: missing; expected one of: pin, boost, bury, block. Only the rows of a query can say it instead.")]
    [InlineData("{ action: pin, items: [a] }", ".rank: missing; expected the rank to pin at, from 1.")]
    [InlineData("{ action: pin, items: [a], rank: 101 }", ".rank: found 101; expected at most precompute.count, 100.")]
    [InlineData("{ action: block, items: [a], rank: 1 }", ".rank: found beside another action; expected it beside action: pin only.")]
    [InlineData("{ action: boost, items: [a] }", ".factor: found none; expected a number from 1: what lowers is bury.")]
    [InlineData("{ action: boost, items: [a], factor: 0.5 }", ".factor: found 0.5; expected a number from 1: what lowers is bury.")]
    [InlineData("{ action: bury, items: [a], factor: 1 }", ".factor: found 1; expected a number below 1: what raises is boost.")]
    [InlineData("{ action: block, items: [a], factor: 1 }", ".factor: found beside another action; expected it beside boost or bury only.")]
    [InlineData("{ action: block, items: [a], segment: vip }", ".segment: 'vip' is not among segments; expected one of: club.")]
    [InlineData("{ query: jobs/queries/some.sql, segment: club }",
        ".segment: found a segment beside a query without action; expected the fourth column of the query to name it.")]
    [InlineData("{ action: block, query: jobs/queries/none.sql }",
        ".query: there is no file 'jobs/queries/none.sql'; expected an SQL file with one select statement, "
            + "its path relative to the project root.")]
    public void What_does_not_fit_together_is_named(string rule, string mistake) =>
        Assert.Equal([$"jobs/movies.yaml:7: rules[0]{mistake}"], _project.MistakesIn(Job(rule)));

    [Fact]
    public void A_rule_by_category_needs_categories() => Assert.Equal(
        ["jobs/movies.yaml:5: rules[0].category: items.columns.categories says no category of any item; "
            + "expected it beside a rule by category."],
        _project.MistakesBelow("rules: [ { action: block, category: old } ]"));

    [Fact]
    public void The_query_of_a_segment_has_to_be_there() => Assert.Equal(
        ["jobs/movies.yaml:5: segments.club: there is no file 'club.sql'; expected an SQL file with one select statement, "
            + "its path relative to the project root."],
        _project.MistakesBelow("segments: { club: club.sql }"));

    [Fact]
    public void The_text_of_a_query_is_part_of_what_the_job_means()
    {
        string before = _project.Load(Job("{ query: jobs/queries/some.sql }")).Hash;
        _project.Write("jobs/queries/some.sql", "select 2");

        Assert.NotEqual(before, _project.Load(Job("{ query: jobs/queries/some.sql }")).Hash);
    }

    static string Job(string rule) => $$"""
        {{SomeProject.ShortestJob}}
        items: { table: films, columns: { item: id, categories: genre } }
        segments: { club: jobs/queries/some.sql }
        rules: [ {{rule}} ]
        """;
}
