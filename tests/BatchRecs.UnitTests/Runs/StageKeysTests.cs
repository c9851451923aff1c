using BatchRecs.Core.Data;
using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store.Artifacts;

namespace BatchRecs.UnitTests.Runs;

/// <summary>
/// An option changes the keys of the stages whose output depends on it, and no other: too few and old output is served, too many and work
/// is repeated.
/// </summary>
public sealed class StageKeysTests
{
    static readonly ExtractHashes Hashes = new("snapshot", "items", "exclusions", "rules");

    static readonly RefreshJob Job = ChangedJob.Before;

    /// <summary>Each option with the stages whose keys it changes.</summary>
    public static TheoryData<string, string> Options => new()
    {
        { "recommender", "" },
        { "threads", "" },
        { "window", "" },
        { "rejects", "" },
        { "asOf", "" },
        { "publish.keepReleases", "" },
        { "guard.minUsers", "" },
        { "guard.noWorseThan", "" },
        { "evaluate.when", "" },
        { "stores.warehouse", "" },
        { "stores.serving", "precompute" },
        { "guard.depth", "precompute" },
        { "users.active", "precompute" },
        { "precompute.count", "precompute" },
        { "precompute.reasons", "precompute" },
        { "again.count", "precompute" },
        { "similar.count", "precompute" },
        { "popular.count", "precompute" },
        { "popular.window", "precompute" },
        { "popular.trendingWindow", "precompute" },
        { "popular.trendingBase", "precompute" },
        { "popular.trendingMinUsers", "precompute" },
        { "live.eligible", "precompute" },
        { "live.seen", "precompute" },
        { "evaluate.holdout", "evaluate" },
        { "evaluate.at", "evaluate" },
        { "evaluate.repeats", "evaluate" },
        { "evaluate.windows", "evaluate" },
        { "evaluate.segments", "evaluate" },
        { "again.halfLife", "evaluate precompute" },
        { "again.events", "evaluate precompute" },
        { "evaluate.validation", "evaluate train precompute" },
        { "scorers", "evaluate train precompute" },
        { "blend", "evaluate train precompute" },
        { "seed", "evaluate train precompute" },
        { "precompute.candidates", "evaluate train precompute" },
        { "precompute.seen", "evaluate train precompute" },
        { "precompute.rerank", "evaluate precompute" },
        { "rules", "evaluate precompute" },
        { "rules.segment", "precompute" },
        { "precompute.allocate", "evaluate precompute" },
        { "explore", "evaluate precompute" },
        { "events", "evaluate weigh train precompute" },
        { "weights", "evaluate weigh train precompute" },
        { "timeZone", "evaluate weigh train precompute" },
        { "popular.halfLife", "evaluate weigh train precompute" },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_changes_the_keys_of_the_stages_that_depend_on_it(string option, string stages)
    {
        var before = KeysOf(Job, Hashes);
        var after = KeysOf(ChangedJob.By(option), Hashes);

        Assert.Equal(stages, string.Join(' ', before.Keys.Where(stage => before[stage] != after[stage])));
    }

    /// <summary>What a trending job does not do changes nothing in its release.</summary>
    [Theory]
    [InlineData("popular.window", true)]
    [InlineData("popular.halfLife", true)]
    [InlineData("events", true)]
    [InlineData("timeZone", true)]
    [InlineData("live.eligible", true)]
    [InlineData("stores.serving", true)]
    [InlineData("window", false)]
    [InlineData("publish.keepReleases", false)]
    [InlineData("weights", false)]
    public void The_key_of_a_trending_release_changes_with_what_its_lists_are_made_of(string option, bool isOther)
    {
        string Key(RefreshJob job) => new StageKeys(job).Trending(Hashes, IdKind.Text, IdKind.Text);

        Assert.Equal(isOther, Key(Job) != Key(ChangedJob.By(option)));
    }

    /// <summary>The weights of relevance matrix factorisation contain the trainer's weight of what was not observed.</summary>
    [Theory]
    [InlineData(PropensityForm.Weight, false)]
    [InlineData(PropensityForm.Relmf, true)]
    public void The_unobserved_weight_changes_the_weights_only_where_they_contain_it(PropensityForm form, bool isOther)
    {
        var job = Job with { Weights = new WeightsOptions { Propensity = new PropensityOptions { Form = form } } };
        var changed = job with { Scorers = new Dictionary<string, object> { ["als"] = new AlsOptions { UnobservedWeight = 0.2 } } };

        Assert.Equal(isOther, new StageKeys(job).Weigh(Hashes) != new StageKeys(changed).Weigh(Hashes));
    }

    [Theory]
    [InlineData("snapshot", "evaluate weigh train precompute")]
    [InlineData("items", "evaluate precompute")]
    [InlineData("segments", "evaluate")]
    [InlineData("exclusions", "precompute")]
    [InlineData("rules", "precompute")]
    public void Changed_data_change_the_keys_of_the_stages_that_read_them(string part, string stages)
    {
        var changed = part switch
        {
            "snapshot" => Hashes with { Snapshot = "other" },
            "items" => Hashes with { Items = "other" },
            "rules" => Hashes with { Rules = "other" },
            "segments" => Hashes with { Segments = "other" },
            _ => Hashes with { Exclusions = "other" },
        };

        var (before, after) = (KeysOf(Job, Hashes), KeysOf(Job, changed));

        Assert.Equal(stages, string.Join(' ', before.Keys.Where(stage => before[stage] != after[stage])));
    }

    /// <summary>The content of an extract does not tell int from bigint, but the tables of a release do.</summary>
    [Fact]
    public void Wider_ids_change_the_key_of_precompute()
    {
        var keys = new StageKeys(Job);

        string narrow = keys.Precompute(Hashes, IdKind.Int32, IdKind.Int32);

        Assert.NotEqual(narrow, keys.Precompute(Hashes, IdKind.Int64, IdKind.Int32));
        Assert.NotEqual(narrow, keys.Precompute(Hashes, IdKind.Int32, IdKind.Int64));
    }

    /// <summary>What is measured beside a job belongs to the measurement; the same beside it again is the same measurement.</summary>
    [Fact]
    public void A_compared_definition_changes_the_key_of_evaluate()
    {
        var keys = new StageKeys(Job);
        string champion = new StageKeys(ChangedJob.By("blend")).Definition;

        Assert.NotEqual(keys.Evaluate(Hashes), keys.Evaluate(Hashes, champion));
        Assert.NotEqual(keys.Evaluate(Hashes, keys.Definition), keys.Evaluate(Hashes, champion));
        Assert.Equal(keys.Evaluate(Hashes, champion), keys.Evaluate(Hashes, champion));
    }

    [Fact]
    public void Where_outcomes_are_logged_changes_no_key()
    {
        var exploring = Job with { Explore = new ExploreOptions() };
        var logged = Job with
        {
            Explore = new ExploreOptions
            {
                Outcomes = new OutcomeOptions { Columns = new OutcomeColumns { User = "u", Item = "i", Time = "t" } },
            },
        };

        Assert.Equal(KeysOf(exploring, Hashes), KeysOf(logged, Hashes));
    }

    /// <summary>Stored rows are worth keeping when only the model changes.</summary>
    [Theory]
    [InlineData("weights", false)]
    [InlineData("rejects", false)]
    [InlineData("threads", false)]
    [InlineData("window", true)]
    [InlineData("timeZone", true)]
    [InlineData("sources", true)]
    [InlineData("stores.warehouse", true)]
    public void Stored_events_are_those_of_the_same_sources(string option, bool isOther) =>
        Assert.Equal(isOther, new StageKeys(Job).StoredEvents([]) != new StageKeys(ChangedJob.By(option)).StoredEvents([]));

    [Fact]
    public void A_changed_query_makes_stored_events_others() =>
        Assert.NotEqual(new StageKeys(Job).StoredEvents(["select 1"]), new StageKeys(Job).StoredEvents(["select 2"]));

    [Fact]
    public void The_key_of_extract_changes_with_the_job_and_with_as_of()
    {
        var at = new DateTimeOffset(2026, 3, 1, 5, 0, 0, TimeSpan.Zero);

        Assert.NotEqual(StageKeys.Extract(at, "a"), StageKeys.Extract(at, "b"));
        Assert.NotEqual(StageKeys.Extract(at, "a"), StageKeys.Extract(at.AddSeconds(1), "a"));
    }

    /// <summary>As-of in another zone is the same moment, and so the same extract.</summary>
    [Fact]
    public void The_key_of_extract_does_not_depend_on_how_as_of_is_written()
    {
        var at = new DateTimeOffset(2026, 3, 1, 5, 0, 0, TimeSpan.Zero);

        Assert.Equal(StageKeys.Extract(at, "a"), StageKeys.Extract(at.ToOffset(TimeSpan.FromHours(2)), "a"));
    }

    static Dictionary<string, string> KeysOf(RefreshJob job, ExtractHashes hashes)
    {
        var keys = new StageKeys(job);
        return new Dictionary<string, string>
        {
            ["evaluate"] = keys.Evaluate(hashes),
            ["weigh"] = keys.Weigh(hashes),
            ["train"] = keys.Train(hashes),
            ["precompute"] = keys.Precompute(hashes, IdKind.Text, IdKind.Text),
        };
    }
}
