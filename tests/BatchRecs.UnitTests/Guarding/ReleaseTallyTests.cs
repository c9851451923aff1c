using BatchRecs.Core.Guarding;
using BatchRecs.Core.Ranking;

namespace BatchRecs.UnitTests.Guarding;

public sealed class ReleaseTallyTests
{
    [Fact]
    public void Users_lengths_coverage_and_scores_are_counted_over_all_batches()
    {
        var tally = new ReleaseTally(itemCount: 5, fullLength: 3, depth: 2);

        tally.AddMain(Batch((0, 1, 0.5), (0, 2, 0.4), (0, 3, double.NaN), (4, 2, 0.9)), users: 2);
        tally.AddMain(Batch((5, 1, double.PositiveInfinity), (5, 0, 0.1)), users: 1);
        tally.AddScores(Batch((5, 4, double.NegativeInfinity), (6, 4, 1)));

        Assert.Equal(new ReleaseFigures
        {
            Users = 3,
            CommonLength = 1,
            FullLength = 3,
            Depth = 2,
            Coverage = 3.0 / 5,
            Gini = 0.48,
            NonFiniteScores = 3,
        }, tally.Figures());
        Assert.Equal([1, 2, 2, 0, 0], tally.Exposure.Counts);
        Assert.Equal(3.0 / 4, tally.Figures(ineligible: [false, false, false, false, true]).Coverage);
    }

    [Theory]
    [InlineData(95, 5, 3)]
    [InlineData(94, 6, 1)]
    public void The_common_length_is_reached_by_95_of_100_lists(int full, int single, int expected)
    {
        var tally = new ReleaseTally(itemCount: 5, fullLength: 3, depth: 2);

        for (int user = 0; user < full + single; user++)
            tally.AddMain(user < full ? Batch((user, 0, 1), (user, 1, 1), (user, 2, 1)) : Batch((user, 0, 1)), users: 1);

        Assert.Equal(expected, tally.Figures().CommonLength);
    }

    [Fact]
    public void Users_without_a_row_have_an_empty_list()
    {
        var tally = new ReleaseTally(itemCount: 5, fullLength: 3, depth: 2);

        tally.AddMain(Batch((0, 1, 0.5), (0, 2, 0.4)), users: 2);

        Assert.Equal(1, tally.Figures().Users);
        Assert.Equal(0, tally.Figures().CommonLength);
    }

    [Fact]
    public void A_release_without_rows_has_no_users_and_no_length()
    {
        var figures = new ReleaseTally(itemCount: 5, fullLength: 3, depth: 2).Figures();

        Assert.Equal(0, figures.Users);
        Assert.Equal(0, figures.CommonLength);
    }

    static RecommendationBatch Batch(params (int User, int Item, double Score)[] rows)
    {
        var batch = new RecommendationBatch(rows.Length + 1) { Count = rows.Length };
        for (int n = 0; n < rows.Length; n++)
            (batch.Users[n], batch.Items[n], batch.Scores[n]) = rows[n];
        // A row that is not in use must not count.
        batch.Scores[rows.Length] = double.NaN;
        return batch;
    }
}
