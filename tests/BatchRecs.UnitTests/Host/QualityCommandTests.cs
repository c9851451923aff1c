using BatchRecs.Core.Data;
using BatchRecs.Core.Evaluation;
using BatchRecs.Host.Cli.Views;

namespace BatchRecs.UnitTests.Host;

/// <summary>The commands <c>quality</c> and <c>releases diff</c> with an engine that answers what the test says.</summary>
public sealed class QualityCommandTests : CommandTests
{
    [Theory]
    [InlineData(14)]
    [InlineData(60, "--last", "60")]
    public async Task Quality_shows_a_fortnight_unless_told_otherwise(int expected, params string[] options)
    {
        (string, int)? asked = null;
        var engine = TestEngine.Unable with
        {
            Quality = (job, last, _) =>
            {
                asked = (job, last);
                return Task.FromResult(new QualityView("shop", [], null, [], []));
            },
        };

        int code = await RunAsync(engine, ["quality", "shop", .. options]);

        Assert.Equal((0, (_job, expected)), (code, asked));
        Assert.StartsWith("no night was scored yet: ", $"{_out}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_compares_ten_ranks_and_names_no_user_unless_told_otherwise()
    {
        Assert.Equal((4, 7, new DiffLimits(Depth: 10, Top: 10, ShowsUsers: false)), await DiffAsync("4", "7"));
        Assert.Equal(
            (4, 7, new DiffLimits(Depth: 5, Top: 3, ShowsUsers: true)), await DiffAsync("4", "7", "--depth", "5", "--top", "3", "--users"));
    }

    [Theory]
    [InlineData("batchrecs: --last must be at least 1.\nHelp: batchrecs quality --help\n", "quality", "shop", "--last", "0")]
    [InlineData(
        "batchrecs: Required argument 'B' missing for command: 'diff'.\nHelp: batchrecs releases diff --help\n",
        "releases", "diff", "shop", "4")]
    public async Task A_wrong_command_line_says_what_is_wrong(string expected, params string[] args)
    {
        Assert.Equal(2, await RunAsync(TestEngine.Unable, args));
        Assert.Equal(expected, $"{_error}");
    }

    async Task<(long, long, DiffLimits)?> DiffAsync(params string[] args)
    {
        (long, long, DiffLimits)? asked = null;
        var engine = TestEngine.Unable with
        {
            DiffReleases = (_, before, after, limits, _) =>
            {
                asked = (before, after, limits);
                var nothing = new ReleaseComparison(limits.Depth, limits.Top).Result([], IdKind.Int64);
                return Task.FromResult(new ReleaseDifferenceView("shop", before, after, nothing, limits.ShowsUsers));
            },
        };
        Assert.Equal(0, await RunAsync(engine, ["releases", "diff", "shop", .. args]));
        return asked;
    }
}
