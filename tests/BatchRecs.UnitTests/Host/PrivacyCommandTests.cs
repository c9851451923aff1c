using System.Text.Json.Nodes;
using BatchRecs.Pipeline.Privacy;
using BatchRecs.Store.Privacy;

namespace BatchRecs.UnitTests.Host;

/// <summary>The commands <c>forget</c>, <c>readmit</c> and <c>export</c> with an engine that answers what the test says.</summary>
public sealed class PrivacyCommandTests : CommandTests
{
    static readonly DateTimeOffset At = new(2026, 3, 1, 5, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Forget_prints_a_receipt_without_the_id()
    {
        (string, string?)? asked = null;
        var engine = TestEngine.Unable with { Forget = (user, job, _) => Answer([Receipt(compacted: true)], () => asked = (user, job)) };

        int code = await RunAsync(engine, "forget", "--user", "anna-17", "--job", "shop");

        Assert.Equal((0, ("anna-17", _job)), (code, asked));
        Assert.Equal(
            "receipt 0123456789abcdef01234567 of shop, 2026-03-01 05:00:00Z, asked for by dba@host: removed 15 rows of 1 release, "
            + "2 rejected rows, 5 artifacts; release 6 could not be cleaned, cannot be rolled back to and is removed by the next run\n",
            $"{_out}");
    }

    [Fact]
    public async Task Forget_says_where_the_store_keeps_the_space()
    {
        var engine = TestEngine.Unable with { Forget = (_, _, _) => Answer([Receipt(compacted: false)], () => { }) };

        await RunAsync(engine, "forget", "--user", "anna-17");

        Assert.EndsWith("; the store keeps the space of removed rows until it is vacuumed\n", $"{_out}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forget_with_json_prints_the_receipts_as_JSON()
    {
        var engine = TestEngine.Unable with { Forget = (_, _, _) => Answer([Receipt(compacted: true)], () => { }) };

        await RunAsync(engine, "forget", "--user", "anna-17", "--json");

        var receipt = JsonNode.Parse($"{_out}")![0]!;
        Assert.Equal("0123456789abcdef01234567", (string?)receipt["receipt"]);
        Assert.Equal(15, (int?)receipt["counts"]!["releases"]![0]!["rows"]);
    }

    [Fact]
    public async Task Readmit_says_which_recommenders_are_concerned()
    {
        var engine = TestEngine.Unable with { Readmit = (_, _, _) => Task.FromResult<IReadOnlyList<string>>(["shop", "films"]) };

        await RunAsync(engine, "readmit", "--user", "anna-17");

        Assert.Equal("From the next run on shop, films may learn from this user again.\n", $"{_out}");
    }

    [Fact]
    public async Task Readmit_of_a_user_who_was_not_forgotten_changes_nothing()
    {
        var engine = TestEngine.Unable with { Readmit = (_, _, _) => Task.FromResult<IReadOnlyList<string>>([]) };

        Assert.Equal(0, await RunAsync(engine, "readmit", "--user", "anna-17"));
        Assert.Equal("This user was not forgotten; nothing has changed.\n", $"{_out}");
    }

    [Fact]
    public async Task Export_writes_to_standard_output_or_to_a_new_file()
    {
        var data = new PersonalData("anna-17", At, "Nothing is held about this id.", new Dictionary<string, string>(), []);
        var engine = TestEngine.Unable with { Export = (_, _, _) => Task.FromResult(data) };
        string file = Path.Combine(_project.FullName, "anna.json");

        await RunAsync(engine, "export", "--user", "anna-17");
        string shown = $"{_out}";
        int first = await RunAsync(engine, "export", "--user", "anna-17", "--output", file);
        int second = await RunAsync(engine, "export", "--user", "anna-17", "--output", file);

        Assert.Equal("anna-17", (string?)JsonNode.Parse(shown)!["userId"]);
        Assert.Equal(shown, (await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n"));
        Assert.Equal((0, 2), (first, second));
        Assert.StartsWith($"batchrecs: --output {file}: the file cannot be made: ", $"{_error}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("forget")]
    [InlineData("readmit")]
    [InlineData("export")]
    public async Task An_empty_id_is_refused(string command)
    {
        Assert.Equal(2, await RunAsync(TestEngine.Unable, command, "--user", ""));
        Assert.Equal($"batchrecs: --user must not be empty.\nHelp: batchrecs {command} --help\n", $"{_error}");
    }

    static Erasure Receipt(bool compacted) => new("0123456789abcdef01234567", "shop", At, "dba@host", new ErasedCounts(
        [new ErasedRelease(7, 15, Blocked: false), new ErasedRelease(6, 0, Blocked: true)], 2, 5, compacted));

    static Task<IReadOnlyList<Erasure>> Answer(IReadOnlyList<Erasure> receipts, Action first)
    {
        first();
        return Task.FromResult(receipts);
    }
}
