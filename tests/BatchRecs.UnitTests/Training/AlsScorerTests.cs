using BatchRecs.Core.Ranking;
using BatchRecs.Core.Training;
using BatchRecs.UnitTests.Support;
using FsCheck.Fluent;

namespace BatchRecs.UnitTests.Training;

public sealed class AlsScorerTests : ScorerContract
{
    protected override IScorer Scorer { get; } = new AlsScorer(new AlsOptions { Factors = 2, Iterations = 8, UnobservedWeight = 0.1 });

    /// <summary>The one item of their colour that they have not taken; user 8 is unknown to the model.</summary>
    protected override int[] ExpectedFirst => [0, 1, 2, 3, 4, 5, 6, 7, -1];

    [Fact]
    public void The_missing_item_is_explained_by_an_item_of_its_colour()
    {
        int[] because = new int[2];

        Fit().Explain(2, [2, 3], because);

        Assert.Contains(because[0], new[] { 0, 4, 6 });
    }

    [Fact]
    public void The_state_holds_both_factors_and_the_figures_of_training()
    {
        var state = Scorer.Fit(Checkerboard.Data, new FitContext(1, 1), CancellationToken.None);

        Assert.Equal((9, 2), (state.Arrays[AlsScorer.UserFactors].Rows, state.Arrays[AlsScorer.UserFactors].Columns));
        Assert.Equal((9, 2), (state.Arrays[AlsScorer.ItemFactors].Rows, state.Arrays[AlsScorer.ItemFactors].Columns));
        Assert.Equal([0f, 0f], state.Get<float>(AlsScorer.ItemFactors)[16..]);
        Assert.InRange(state.Figures["sweeps"], 1, 8);
        Assert.True(state.Figures["loss"] > 0);
        Assert.Equal(2, state.Figures["factors"]);
        Assert.Equal(0, state.Figures["repaired-rows"]);
    }

    [Fact]
    public void Candidates_are_the_first_of_a_full_sort_of_all_dot_products()
    {
        var cases = from items in Gen.Choose(1, 400) from factors in Gen.Choose(1, 20) from capacity in Gen.Choose(1, 30)
                    from seed in Gen.Choose(0, 1000) select (items, factors, capacity, seed);
        Law.Holds(cases, test =>
        {
            ulong seed = (ulong)test.seed;
            var entries = SomeMatrix.Random(6, test.items, 0.3, seed);
            // Whole numbers, so that sums are exact and ties are common.
            float[] users = Array.ConvertAll(SomeMatrix.Normals(6 * test.factors, seed), MathF.Round);
            float[] items = Array.ConvertAll(SomeMatrix.Normals(test.items * test.factors, seed + 1), MathF.Round);
            var fitted = new AlsFittedScorer(new AlsOptions { Factors = test.factors }, users, items, entries);
            var block = new CandidateBlock(6, test.capacity);

            fitted.TopCandidates([0, 1, 2, 3, 4, 5], new Exclusions([.. entries.RowPtr.Select(n => (int)n)], entries.ColIndex), block);

            float Score(int u, int i) =>
                Enumerable.Range(0, test.factors).Sum(f => users[u * test.factors + f] * items[i * test.factors + f]);
            return Enumerable.Range(0, 6).All(u =>
            {
                var open = entries.RowLength(u) == 0
                    ? []
                    : entries.ColIndex.Distinct().Except(entries.Columns(u).ToArray()).Select(i => (Item: i, Score: Score(u, i)));
                var expected = open.OrderByDescending(p => p.Score).ThenBy(p => p.Item).Take(test.capacity).ToArray();
                return block.ItemsOf(u).SequenceEqual([.. expected.Select(p => p.Item)])
                    && block.ScoresOf(u).SequenceEqual([.. expected.Select(p => p.Score)]);
            });
        }, tests: 100);
    }

    [Fact]
    public void Several_threads_may_ask_at_once()
    {
        var fitted = Fit();
        var lists = new CandidateBlock[50];
        int[][] reasons = new int[50][];

        Parallel.For(0, 50, n =>
        {
            lists[n] = new CandidateBlock(Checkerboard.Users, 5);
            fitted.TopCandidates(Checkerboard.AllUsers, Exclusions.None(Checkerboard.Users), lists[n]);
            reasons[n] = new int[3];
            fitted.Explain(3, [1, 3, 5], reasons[n]);
        });

        Assert.All(lists, list => Assert.Equal(lists[0].Items, list.Items));
        Assert.All(reasons, because => Assert.Equal(reasons[0], because));
    }

    [Fact]
    public void Factors_of_another_shape_are_refused()
    {
        var state = Scorer.Fit(Checkerboard.Data, new FitContext(1, 1), CancellationToken.None);

        Assert.Throws<ArgumentException>(() => new AlsScorer(new AlsOptions { Factors = 3 }).Open(state, Checkerboard.Data));
    }
}
