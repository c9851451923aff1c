using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.UnitTests.Definitions;

/// <summary>Tune jobs name a refresh job; what may change follows from that one.</summary>
public sealed class TuneFileTests : IDisposable
{
    readonly SomeProject _project = new();

    public TuneFileTests() => _project.Write("jobs/movies.yaml", SomeProject.ShortestJob);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Every_key_is_read()
    {
        var job = Load(
            """
            kind: tune
            job: jobs/movies.yaml
            budget: 90m
            trials: 12
            seed: 7
            space: { scorers.als.factors: { from: 8, to: 32, scale: linear } }
            keep: [weights.floor]
            """).Job;

        Assert.Equal((TimeSpan.FromMinutes(90), 12, 7), (job.Budget, job.Trials, job.Seed));
        Assert.Equal(new SpaceRange { From = "8", To = "32", Scale = SpaceScale.Linear }, job.Space["scorers.als.factors"]);
        Assert.Equal(["weights.floor"], job.Keep!);
    }

    [Fact]
    public void The_default_space_has_the_settings_that_matter_most_with_their_ranges() =>
        Assert.Equal(
            [
                "scorers.als.factors 16 256 log 128",
                "scorers.als.unobservedWeight 0.003 1 log 0.05",
                "scorers.als.regularization 0.0003 0.1 log 0.003",
                "scorers.als.iterations 4 20 linear 12",
                "scorers.recent.halfLife 12h 60d log tuned",
                "events.interaction.halfLife 7d 730d log 90d",
                "weights.floor 0 0.2 linear 0.05",
                "weights.propensity.training 0 0.75 linear 0",
                "blend.recent 0.05 20 log tuned",
            ],
            Load("kind: tune\njob: jobs/movies.yaml").Keys.Select(Shown));

    [Fact]
    public void A_range_is_narrowed_another_key_is_added_and_one_is_left_as_it_is()
    {
        var keys = Load(
            """
            kind: tune
            job: jobs/movies.yaml
            space:
              events.interaction.halfLife: { from: 36h, to: 9d }
              scorers.als.regularizationExponent: { from: 0, to: 1 }
            keep:
              - scorers.als.factors
            """).Keys;

        Assert.Contains("events.interaction.halfLife 36h 9d log 90d", keys.Select(Shown));
        Assert.Contains("scorers.als.regularizationExponent 0 1 linear 1", keys.Select(Shown));
        Assert.DoesNotContain(keys, key => key.Name == "scorers.als.factors");
    }

    /// <summary>Only ratios of blend weights count: the range of the others follows the weight of the first.</summary>
    [Fact]
    public void Weights_of_the_blend_range_around_that_of_the_first_scorer()
    {
        _project.Write("jobs/movies.yaml", $"{SomeProject.ShortestJob}\nblend: {{ als: 0.2, recent: 1 }}");

        Assert.Contains("blend.recent 0.01 4 log 1", Load("kind: tune\njob: jobs/movies.yaml").Keys.Select(Shown));
    }

    [Fact]
    public void A_value_changes_its_key_and_nothing_else()
    {
        var tune = Load("kind: tune\njob: jobs/movies.yaml");
        var job = tune.Tuned.Job;

        var changed = tune.Keys.Single(key => key.Name == "weights.propensity.training").With(job, 0.5);

        Assert.Equal(0.5, changed.Weights.Propensity.Training);
        Assert.Equal(job, changed with { Weights = job.Weights });
    }

    [Theory]
    [InlineData(
        "job: jobs/movies.yaml\nbudget: 30",
        "jobs/tune.yaml:3: budget: found '30'; expected a duration from 1s to 30d, such as 90d, 12h, 30m or 10s.")]
    [InlineData("job: jobs/movies.yaml\ntrials: 1", "jobs/tune.yaml:3: trials: found '1'; expected a whole number from 2 to 10000.")]
    [InlineData("job: jobs/movies.yaml\ntrails: 9", "jobs/tune.yaml:3: trails: unknown key; did you mean 'trials'?")]
    [InlineData("trials: 9", "jobs/tune.yaml: job: missing; expected a text.")]
    [InlineData(
        "job: jobs/movies.yaml\nspace: { scorers.als.factor: { from: 1, to: 2 } }",
        "jobs/tune.yaml:3: space: 'scorers.als.factor' is no key that can be tuned; did you mean 'scorers.als.factors'?")]
    [InlineData(
        "job: jobs/movies.yaml\nkeep: [weights.flor]",
        "jobs/tune.yaml:3: keep[0]: 'weights.flor' is no key that can be tuned; did you mean 'weights.floor'?")]
    [InlineData(
        "job: jobs/movies.yaml\nspace: { scorers.als.factors: { from: 8.5, to: 5000 } }",
        "jobs/tune.yaml:3: space: scorers.als.factors: from: found '8.5'; expected a value from 1 to 1024.\n"
            + "jobs/tune.yaml:3: space: scorers.als.factors: to: found '5000'; expected a value from 1 to 1024.")]
    [InlineData(
        "job: jobs/movies.yaml\nspace: { weights.floor: { from: 0.2, to: 0.1 } }",
        "jobs/tune.yaml:3: space: weights.floor: 'from' lies above 'to'; expected the smaller value first.")]
    [InlineData(
        "job: jobs/movies.yaml\nspace: { weights.floor: { from: 0, to: 0.1, scale: log } }",
        "jobs/tune.yaml:3: space: weights.floor: a range that begins at 0 has no scale 'log'; expected 'linear', or a greater 'from'.")]
    public void A_mistake_is_named_with_line_and_key(string text, string expected) =>
        Assert.Equal(expected, Assert.Throws<ConfigurationException>(() => Load($"kind: tune\n{text}")).Message.ReplaceLineEndings("\n"));

    [Fact]
    public void A_mistake_in_the_tuned_job_is_told_with_its_file()
    {
        _project.Write("jobs/movies.yaml", $"{SomeProject.ShortestJob}\nthreds: 2");

        var error = Assert.Throws<ConfigurationException>(() => Load("kind: tune\njob: jobs/movies.yaml"));

        Assert.StartsWith("jobs/movies.yaml:5: threds: unknown key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trending_job_has_nothing_to_tune()
    {
        _project.Write("jobs/now.yaml", $"kind: trending\n{SomeProject.ShortestJob}");

        var error = Assert.Throws<ConfigurationException>(() => Load("kind: tune\njob: jobs/now.yaml"));

        Assert.Equal(
            "jobs/tune.yaml:2: job: jobs/now.yaml is a trending job, which learns nothing; expected a refresh job.", error.Message);
    }

    [Fact]
    public void A_job_that_is_not_there_is_named_with_its_place() => Assert.Equal(
        "jobs/tune.yaml:2: job: there is no file 'gone'; expected a job file, its path relative to the project root.",
        Assert.Throws<ConfigurationException>(() => Load("kind: tune\njob: gone")).Message);

    [Fact]
    public void A_bare_name_means_a_file_among_the_jobs()
    {
        _project.Write("jobs/movies.yaml", SomeProject.ShortestJob);

        Assert.Equal("jobs/movies.yaml", Load("kind: tune\njob: movies").Tuned.Path);
    }

    static string Shown(TunableKey key) =>
        $"{key.Name} {key.Format(key.Dimension.Least)} {key.Format(key.Dimension.Greatest)} "
        + $"{(key.Dimension.IsLogarithmic ? "log" : "linear")} {key.Present}";

    LoadedTune Load(string text)
    {
        _project.Write("jobs/tune.yaml", text);
        return JobFile.LoadTune("jobs/tune.yaml", _project.Root);
    }
}
