using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store.Artifacts;

namespace BatchRecs.UnitTests.Definitions;

/// <summary>The proposed job file means what the winner was, however the job was written.</summary>
public sealed class TuneProposalTests : IDisposable
{
    const string Sources = "recommender: movies\nsources: [ { table: r, columns: { user: u, item: i, time: t } } ]\n";

    readonly SomeProject _project = new();

    public void Dispose() => _project.Dispose();

    public static TheoryData<string> Forms => new(
        SomeProject.ShortestJob,
        Sources + "scorers: { als: , recent: { halfLife: 3d } }\nevents: { interaction: { weight: 2 } }\n",
        Sources + "scorers:\n  recent:\n  als:\n    # length\n    factors: 64 # sixty-four\nblend:\n  recent: tuned\n  als: 0.2\n",
        Sources + "weights: { propensity: { floor: 0.02 } }\nscorers: { popular: , als: {} }\n",
        """
        { "recommender": "movies", "sources": [ { "table": "r", "columns": { "user": "u", "item": "i", "time": "t" }, "event": "a.b: c" } ],
          "events": { "a.b: c": { "halfLife": "never" } } }
        """);

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_proposed_file_reads_as_the_winner(string text)
    {
        var loaded = _project.Load(text);
        var keys = TunableKeys.Of(loaded.Job);
        var winner = loaded.Job;
        var changes = new List<ChangedKey>();
        foreach (var key in keys)
        {
            double value = key.Dimension.At(0.37);
            winner = key.With(winner, value);
            changes.Add(new ChangedKey(key.Name, key.Present, key.Format(value)));
        }

        var proposed = _project.Load(TuneFiles.Proposal(loaded, changes)).Job;

        Assert.Equal(CanonicalJson.Of(winner), CanonicalJson.Of(proposed));
        Assert.Equal(winner.Scorers.Keys, proposed.Scorers.Keys);
    }

    [Fact]
    public void What_does_not_change_stays_as_it_is_written()
    {
        var loaded = _project.Load(Sources + "# my scorers\nscorers: { als: { factors: 64 } }   # sixty-four\n");

        string text = TuneFiles.Proposal(loaded, [new ChangedKey("scorers.als.factors", "64", "91")]);

        Assert.Equal(Sources + "# my scorers\nscorers: { als: { factors: 91 } }   # sixty-four\n", text);
    }
}
