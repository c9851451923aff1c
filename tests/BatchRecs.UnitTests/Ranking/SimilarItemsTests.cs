using BatchRecs.Core.Ranking;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Ranking;

public sealed class SimilarItemsTests
{
    [Fact]
    public void Similar_items_point_the_same_way_whatever_their_length()
    {
        // Items 0 and 2 are parallel, 1 is at 45 degrees to both, 3 points the other way, 4 has no factors.
        float[] factors = [1, 0, 2, 2, 10, 0, -1, 0, 0, 0];

        var similar = SimilarItems.FromFactors(factors, 2, 3, "als", 1, CancellationToken.None);

        Assert.Equal(
            [
                (0, 1, 2, 1.0), (0, 2, 1, 0.7071), (1, 1, 0, 0.7071), (1, 2, 2, 0.7071), (2, 1, 0, 1.0), (2, 2, 1, 0.7071),
            ],
            similar.Select(row => (row.Item, row.Rank, row.Similar, Math.Round(row.Score, 4))));
        Assert.All(similar, row => Assert.Equal("als", row.Source));
    }

    [Fact]
    public void Rows_are_the_same_at_any_number_of_threads()
    {
        float[] factors = SomeMatrix.Normals(301 * 5, 1);

        var one = SimilarItems.FromFactors(factors, 5, 4, "als", 1, CancellationToken.None);

        Assert.Equal(one, SimilarItems.FromFactors(factors, 5, 4, "als", 2, CancellationToken.None));
        Assert.Equal(one, SimilarItems.FromFactors(factors, 5, 4, "als", 7, CancellationToken.None));
        Assert.Equal(301 * 4, one.Count);
    }
}
