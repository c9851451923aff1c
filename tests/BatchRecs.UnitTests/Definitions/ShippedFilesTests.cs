using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.UnitTests.Definitions;

public sealed class ShippedFilesTests
{
    public static TheoryData<string> Jobs =>
        [.. FilesOf("jobs").Where(path => JobFile.MakesReleases(JobFile.KindOf(path, ProjectRoot.Path)))];

    public static TheoryData<string> Schedules => [.. FilesOf("schedules")];

    [Theory]
    [MemberData(nameof(Jobs))]
    public void A_job_that_comes_with_the_project_has_no_mistakes(string path)
    {
        var loaded = JobFile.Load(path, ProjectRoot.Path);

        Assert.Equal(Path.GetFileNameWithoutExtension(path), loaded.Job.Recommender);
        Assert.Equal("demo", loaded.Job.Stores.Serving);
    }

    [Fact]
    public void The_prune_job_that_comes_with_the_project_says_what_its_comments_say()
    {
        var job = JobFile.LoadPrune("jobs/prune.yaml", ProjectRoot.Path).Job;

        Assert.Equal("demo", job.Stores.Serving);
        Assert.Equal((5, TimeSpan.FromDays(30)), (job.Releases!.Keep, job.Releases.MaxAge));
        Assert.Equal((TimeSpan.FromDays(30), new ByteSize(20_000_000_000)), (job.Artifacts!.MaxAge, job.Artifacts.MaxSize));
        Assert.Equal(TimeSpan.FromDays(400), job.Ledger!.MaxAge);
    }

    [Fact]
    public void The_tune_job_that_comes_with_the_project_tunes_the_worked_example()
    {
        var tune = JobFile.LoadTune("jobs/online_retail_tune.yaml", ProjectRoot.Path);

        Assert.Equal(("online_retail", TimeSpan.FromMinutes(20), 60), (tune.Tuned.Job.Recommender, tune.Job.Budget, tune.Job.Trials));
        Assert.DoesNotContain(tune.Keys, key => key.Name == "weights.floor");
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_schedule_that_comes_with_the_project_has_no_mistakes_and_does_not_fire_unasked(string path) =>
        Assert.False(ScheduleFile.Load(path, ProjectRoot.Path).Enabled);

    [Fact]
    public void The_worked_example_says_what_its_comments_say()
    {
        var job = JobFile.Load("jobs/online_retail.yaml", ProjectRoot.Path).Job;

        Assert.Equal(AsOfPolicy.LatestEvent, job.AsOf);
        Assert.Equal("Europe/London", job.TimeZone);
        Assert.Equal(0.2, job.Evaluate.Holdout.Share);
        Assert.Equal(TimeSpan.FromDays(120), job.Again!.HalfLife);
        Assert.Equal(new Tunable(1), job.Blend["als"]);
        Assert.Equal(Tunable.Tuned, job.Blend["recent"]);
        Assert.Equal(["popular", "last-7-days", "recent"], job.Guard.NoWorseThan);
    }

    static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(Path.Combine(ProjectRoot.Path, folder), "*.yaml")
            .Select(file => Path.GetRelativePath(ProjectRoot.Path, file))
            .Order(StringComparer.Ordinal);
}
