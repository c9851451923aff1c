using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store.Artifacts;

namespace BatchRecs.UnitTests.Definitions;

public sealed class JobDefaultsTests : IDisposable
{
    readonly SomeProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_name_and_a_source_alone_make_a_sound_job() =>
        Assert.Equal(
            CanonicalJson.Of(new RefreshJob
            {
                Kind = JobKind.Refresh,
                Recommender = "movies",
                Stores = new StoreNames { Warehouse = "warehouse", Serving = "serving" },
                TimeZone = null,
                AsOf = AsOfPolicy.Now,
                Sources =
                [
                    new SourceOptions
                    {
                        Table = "ratings",
                        Columns = new SourceColumns { User = "user_id", Item = "movie_id", Time = "rated_at" },
                        TimeUnit = TimeUnit.Seconds,
                    },
                ],
                Window = TimeSpan.FromDays(730),
                Rejects = new RejectOptions { MaxShare = 0.01, Show = 10 },
                Events = new Dictionary<string, EventOptions>
                {
                    ["interaction"] = new EventOptions
                    {
                        Weight = 1,
                        HalfLife = TimeSpan.FromDays(90),
                        Floor = null,
                        Negative = false,
                        MinValue = null,
                        Value = ValueUse.None,
                    },
                },
                Weights = new WeightsOptions
                {
                    Floor = 0.05,
                    DropBelow = 0,
                    Saturation = new SaturationOptions { Form = SaturationForm.Log, Scale = 1 },
                    UserDamping = 0,
                    MaxPerPair = 20,
                    MaxItemsPerUser = 2000,
                    Propensity = new PropensityOptions { Exponent = 0.5, Floor = 0.01, Form = PropensityForm.Weight, Training = 0 },
                },
                Scorers = new Dictionary<string, object>
                {
                    ["als"] = new AlsOptions
                    {
                        Factors = 128,
                        Iterations = 12,
                        UnobservedWeight = 0.05,
                        Regularization = 0.003,
                        RegularizationExponent = 1,
                    },
                    ["recent"] = new RecentOptions { HalfLife = Tunable.Tuned },
                },
                Blend = new Dictionary<string, Tunable> { ["als"] = new Tunable(1), ["recent"] = Tunable.Tuned },
                Evaluate = new EvaluateOptions
                {
                    When = EvaluateWhen.OnChange,
                    Holdout = Holdout.Of(TimeSpan.FromDays(14)),
                    Validation = Holdout.Of(TimeSpan.FromDays(14)),
                    At = [10, 20, 100],
                },
                Users = new UsersOptions { Active = TimeSpan.FromDays(365) },
                Precompute = new PrecomputeOptions { Count = 100, Candidates = 200, Seen = new SeenOptions(), Reasons = 20 },
                Again = null,
                Similar = new SimilarOptions { Count = 20 },
                Popular = new PopularOptions
                {
                    Count = 100,
                    HalfLife = TimeSpan.FromDays(7),
                    Window = null,
                    TrendingWindow = TimeSpan.FromDays(3),
                    TrendingBase = TimeSpan.FromDays(28),
                    TrendingMinUsers = 10,
                },
                Guard = new GuardOptions { MinUsers = 1, MinListLength = 10, MinCoverage = 0.01, Depth = 10, NoWorseThan = ["popular"] },
                Publish = new PublishOptions { KeepReleases = 5 },
                Seed = 42,
                Threads = 0,
            }),
            CanonicalJson.Of(_project.Load(SomeProject.ShortestJob).Job));

    [Fact]
    public void Everything_extracted_counts_as_seen_by_default()
    {
        var seen = _project.Load(SomeProject.ShortestJob).Job.Precompute.Seen;

        Assert.True(seen.Enabled);
        Assert.Null(seen.Events);
        Assert.Null(seen.Within);
    }

    [Fact]
    public void Every_constant_event_of_the_sources_becomes_an_event_type()
    {
        var job = _project.Load(
            """
            recommender: movies
            sources:
              - { table: ratings, columns: { user: u, item: i, time: t }, event: rating }
              - { table: old_ratings, columns: { user: u, item: i, time: t }, event: rating }
              - { table: views, columns: { user: u, item: i, time: t } }
            """).Job;

        Assert.Equal(["rating", "interaction"], job.Events.Keys);
    }

    [Fact]
    public void The_first_scorer_counts_1_and_the_others_are_tuned()
    {
        var job = _project.Load($"{SomeProject.ShortestJob}\nscorers: {{ recent: {{}}, popular: , als: {{}} }}").Job;

        Assert.Equal(
            [("recent", new Tunable(1)), ("popular", Tunable.Tuned), ("als", Tunable.Tuned)],
            job.Blend.Select(entry => (entry.Key, entry.Value)));
    }

    [Theory]
    [InlineData("{ count: 10 }", 200)]
    [InlineData("{ count: 300 }", 600)]
    [InlineData("{ count: 300, candidates: 300 }", 300)]
    [InlineData("{ count: 300, candidates: 0 }", 600)]
    public void Scorers_propose_at_least_200_candidates_and_twice_the_length_of_a_list(string precompute, int candidates) =>
        Assert.Equal(candidates, _project.Load($"{SomeProject.ShortestJob}\nprecompute: {precompute}").Job.Precompute.Candidates);
}
