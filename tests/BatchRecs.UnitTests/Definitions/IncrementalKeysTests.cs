namespace BatchRecs.UnitTests.Definitions;

public sealed class IncrementalKeysTests : IDisposable
{
    readonly SomeProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Nothing_is_incremental_unless_the_job_says_so() =>
        Assert.False(_project.Load(SomeProject.ShortestJob).Job.Incremental.Enabled);

    [Theory]
    [InlineData("incremental: true")]
    [InlineData("incremental: {}")]
    [InlineData("incremental: { overlap: 3d, fullEvery: 7d, verify: count }")]
    public void True_stands_for_the_defaults(string line)
    {
        var options = _project.Load($"{SomeProject.ShortestJob}\n{line}").Job.Incremental;

        Assert.Equal((true, TimeSpan.FromDays(3), TimeSpan.FromDays(7)), (options.Enabled, options.Overlap, options.FullEvery));
    }

    [Theory]
    [InlineData("10000", null, 10000)]
    [InlineData("0", null, 0)]
    [InlineData("36h", 36, null)]
    public void An_overlap_is_a_duration_or_a_number(string written, int? hours, int? steps)
    {
        var job = _project.Load(Source($"watermark: w, key: k, overlap: {written}")).Job;

        var overlap = job.Sources[0].Incremental!.Overlap!;

        Assert.Equal(hours is { } number ? TimeSpan.FromHours(number) : null, overlap.Duration);
        Assert.Equal(steps, overlap.Steps);
        Assert.Equal(written, overlap.ToString());
    }

    [Theory]
    [InlineData("overlap: -1", "overlap: found '-1'; expected a duration, such as 2d, "
        + "or a whole number from 0 for a column that counts up, such as 10000.")]
    [InlineData("watermark: w", "key: missing; expected a column that identifies a row, because changed rows replace stored ones by it.")]
    [InlineData("key: k", "key: found a key without a watermark; expected both, or neither to follow the time of the event.")]
    [InlineData("overlap: 5", "overlap: found '5'; expected a duration, because the time of the event is the watermark.")]
    [InlineData("deleted: { table: gone }", "deleted: found deleted rows without a key and a watermark; expected both beside it.")]
    [InlineData("watermark: w, key: k, deleted: {}", "deleted: found neither table nor query; expected one of them.")]
    public void What_does_not_fit_together_is_named(string keys, string mistake) =>
        Assert.Equal([$"jobs/movies.yaml:5: sources[0].incremental.{mistake}"], _project.MistakesIn(Source(keys)));

    [Fact]
    public void A_source_cannot_be_incremental_alone() =>
        Assert.Equal(
            ["jobs/movies.yaml:5: sources[0].incremental: the job reads everything every time; "
                + "expected 'incremental: true' at the top beside it."],
            _project.MistakesIn($"{SomeProject.ShortestJob}\n    incremental: {{ overlap: 5d }}"));

    static string Source(string keys) => $"{SomeProject.ShortestJob}\n    incremental: {{ {keys} }}\nincremental: true";
}
