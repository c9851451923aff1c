using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Training;

namespace BatchRecs.UnitTests.Training;

/// <summary>What every scorer must do, shown in the world of <see cref="Checkerboard"/>.</summary>
public abstract class ScorerContract
{
    static readonly FitContext Context = new(Seed: 5, Threads: 2);

    /// <summary>Makes the scorer.</summary>
    protected abstract IScorer Scorer { get; }

    /// <summary>Gets the first item of each user's list where the items that the user took are excluded; −1 = the list is empty.</summary>
    protected abstract int[] ExpectedFirst { get; }

    /// <summary>Gets how many items the full list of user 0 has where nothing is excluded.</summary>
    protected virtual int ExpectedLength => 8;

    [Fact]
    public void The_checkerboard_gives_the_known_answer()
    {
        var block = Lists(Fit(), Checkerboard.AllUsers, Taken(), 3);

        Assert.Equal(ExpectedFirst, Checkerboard.AllUsers.Select(u => block.Lengths[u] == 0 ? -1 : block.ItemsOf(u)[0]));
    }

    [Fact]
    public void The_state_has_the_same_bits_at_any_number_of_threads()
    {
        var one = Scorer.Fit(Checkerboard.Data, Context with { Threads = 1 }, CancellationToken.None);

        foreach (int threads in new[] { 2, 7 })
        {
            var several = Scorer.Fit(Checkerboard.Data, Context with { Threads = threads }, CancellationToken.None);
            Assert.Equal(one.Arrays.Keys, several.Arrays.Keys);
            Assert.All(one.Arrays, array => Assert.Equal(array.Value.Elements, several.Arrays[array.Key].Elements));
            Assert.Equal(one.Figures, several.Figures);
        }
    }

    [Fact]
    public void The_state_alone_describes_the_fitted_scorer()
    {
        var state = Scorer.Fit(Checkerboard.Data, Context, CancellationToken.None);
        var copy = new ModelState
        {
            Arrays = state.Arrays.ToDictionary(a => a.Key, a => a.Value with { Elements = (Array)a.Value.Elements.Clone() }),
        };

        var expected = Lists(Scorer.Open(state, Checkerboard.Data), Checkerboard.AllUsers, Taken(), 5);
        var actual = Lists(Scorer.Open(copy, Checkerboard.Data), Checkerboard.AllUsers, Taken(), 5);

        Assert.Equal(expected.Lengths, actual.Lengths);
        Assert.Equal(expected.Items, actual.Items);
        Assert.Equal(expected.Scores, actual.Scores);
        Assert.All(state.Arrays, a => Assert.Equal(a.Value.Elements.Length, a.Value.Rows * Math.Max(1, a.Value.Columns)));
        Assert.All(state.Arrays.Keys, name => Assert.Matches("^[a-z-]+$", name));
    }

    [Fact]
    public void Lists_are_in_order_without_repeats_and_never_longer_than_asked()
    {
        var block = Lists(Fit(), Checkerboard.AllUsers, Exclusions.None(Checkerboard.Users), 4);

        foreach (int user in Checkerboard.AllUsers)
        {
            int[] items = block.ItemsOf(user).ToArray();
            float[] scores = block.ScoresOf(user).ToArray();
            Assert.InRange(items.Length, 0, 4);
            Assert.Distinct(items);
            Assert.Equal(items.Zip(scores).OrderByDescending(p => p.Second).ThenBy(p => p.First).Select(p => p.First), items);
        }
    }

    [Fact]
    public void Every_item_with_events_that_count_is_a_candidate_and_no_other()
    {
        var block = Lists(Fit(), [0], Exclusions.None(Checkerboard.Users), 20);

        Assert.Equal(ExpectedLength, block.Lengths[0]);
        Assert.DoesNotContain(8, block.ItemsOf(0).ToArray());
    }

    [Fact]
    public void Excluded_items_never_appear()
    {
        bool[] ineligible = new bool[Checkerboard.Items];
        ineligible[3] = ineligible[4] = true;

        var block = Lists(Fit(), Checkerboard.AllUsers, Taken(ineligible), 20);

        foreach (int user in Checkerboard.AllUsers)
            Assert.Empty(block.ItemsOf(user).ToArray().Intersect([.. Checkerboard.Taken[user], 3, 4]));
    }

    [Fact]
    public void A_list_does_not_depend_on_who_else_is_in_the_block()
    {
        var fitted = Fit();
        int[] shuffled = [5, 8, 0, 3, 3, 7, 1];

        var together = Lists(fitted, shuffled, Taken(), 4);

        for (int n = 0; n < shuffled.Length; n++)
        {
            var alone = Lists(fitted, [shuffled[n]], Taken(), 4);
            Assert.Equal(alone.ItemsOf(0), together.ItemsOf(n));
            Assert.Equal(alone.ScoresOf(0), together.ScoresOf(n));
        }
    }

    [Fact]
    public void Reasons_come_from_the_history_of_the_user_or_there_are_none()
    {
        var fitted = Fit();
        foreach (int user in Checkerboard.AllUsers)
        {
            int[] because = [99, 99, 99];

            fitted.Explain(user, [user % 8, 1, 2], because);

            Assert.All(because, item => Assert.True(item == -1 || Checkerboard.Taken[user].Contains(item)));
        }
    }

    [Fact]
    public void A_cancelled_fit_ends() => Assert.ThrowsAny<OperationCanceledException>(() =>
        Scorer.Fit(Checkerboard.Data, Context, new CancellationToken(canceled: true)));

    /// <summary>Fits and opens the scorer.</summary>
    protected IFittedScorer Fit() => Scorer.Open(Scorer.Fit(Checkerboard.Data, Context, CancellationToken.None), Checkerboard.Data);

    static CandidateBlock Lists(IFittedScorer fitted, int[] users, Exclusions exclusions, int capacity)
    {
        var block = new CandidateBlock(users.Length, capacity);
        fitted.TopCandidates(users, exclusions, block);
        return block;
    }

    static Exclusions Taken(bool[]? ineligible = null)
    {
        int[] rowPtr = new int[Checkerboard.Users + 1];
        for (int user = 0; user < Checkerboard.Users; user++)
            rowPtr[user + 1] = rowPtr[user] + Checkerboard.Taken[user].Length;
        return new Exclusions(rowPtr, [.. Checkerboard.Taken.SelectMany(items => items)], ineligible);
    }
}
