using BatchRecs.Core.Data;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Similarities;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Evaluation;

/// <summary>Four items: 0 and 1 are crime, 2 is crime and comedy, 3 is comedy, 4 has no category. One user took 0.</summary>
public sealed class ListAnalysisTests
{
    static readonly ItemCatalog Categories = new()
    {
        Titles = new string?[5],
        CategoryNames = ["comedy", "crime"],
        CategoryRowPtr = [0, 1, 2, 4, 5, 5],
        CategoryIndex = [1, 1, 0, 1, 0],
    };

    static readonly double Half = Math.Sqrt(0.5);

    [Fact]
    public void Items_are_similar_by_the_categories_that_they_share()
    {
        var similarity = new CategorySimilarity(Categories);

        Assert.Equal(1, similarity.Of(0, 1));
        Assert.Equal(Half, similarity.Of(0, 2), 1e-15);
        Assert.Equal(0, similarity.Of(0, 3));
        Assert.Equal(0, similarity.Of(0, 4));
    }

    [Fact]
    public void Items_are_similar_by_the_direction_of_their_factors()
    {
        var similarity = new FactorSimilarity([2, 0, 1, 1, 0, -3, 0, 0], factors: 2);

        Assert.Equal(Half, similarity.Of(0, 1), 1e-7);
        Assert.Equal(0, similarity.Of(0, 2));
        Assert.Equal(-Half, similarity.Of(1, 2), 1e-7);
        Assert.Equal(0, similarity.Of(1, 3));
    }

    /// <summary>List 0, 1, 3 has pairs of cosine 1, 0, 0; list 0, 2 one pair of √½; a list of one item has no pair.</summary>
    [Fact]
    public void Diversity_is_the_mean_distance_of_the_pairs_of_a_list()
    {
        var quality = Analyse([[0, 1, 3], [0, 2], [1]], [[3], [3], [3]], 3);

        Assert.Equal(((2.0 / 3) + (1 - Half)) / 2, quality.Diversity!.Value, 1e-12);
        Assert.Equal("categories", quality.Similarity);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Diversity_by_the_sum_of_vectors_equals_that_by_pairs(int at)
    {
        float[] factors = [.. Enumerable.Range(0, 24).Select(n => (float)Math.Sin((n * n) + n))];
        var similarity = new FactorSimilarity(factors, factors: 4);
        int[] list = [5, 2, 0, 4, 1];

        var quality = Analysis(similarity, null).Of(Lists.Block(list), Lists.Truth([3]), at);

        double distance = 0;
        int pairs = 0;
        for (int a = 0; a < at; a++)
            for (int b = a + 1; b < at; b++, pairs++)
                distance += 1 - similarity.Of(list[a], list[b]);
        Assert.Equal(distance / pairs, quality.Diversity!.Value, 1e-12);
    }

    /// <summary>The best known items are 0 and 1. Hits: 1 is one of them, 2 is not and half like item 0, 3 is not and unlike it.</summary>
    [Fact]
    public void Serendipity_counts_hits_that_are_neither_well_known_nor_like_the_history()
    {
        var quality = Analyse([[1, 2], [3, 4]], [[1, 2], [3]], 2);

        Assert.Equal((0 + (1 - Half) + 1) / 3, quality.Serendipity!.Value, 1e-12);
    }

    /// <summary>The history is all crime: p = 1. A list of crime and comedy in equal parts has q̃ = 0.99 · ½ + 0.01.</summary>
    [Fact]
    public void Miscalibration_is_the_divergence_of_the_list_from_the_history()
    {
        Assert.Equal(Math.Log(1 / 0.505), Analyse([[1, 3]], [[3]], 2).Miscalibration!.Value, 1e-12);
        Assert.Equal(0, Analyse([[0, 1]], [[3]], 2).Miscalibration!.Value, 1e-12);
        Assert.Equal(Math.Log(100), Analyse([[3]], [[3]], 2).Miscalibration!.Value, 1e-12);
    }

    /// <summary>Whoever bought one thing and sent another back is measured by the one alone.</summary>
    [Fact]
    public void What_a_user_does_not_want_is_no_taste()
    {
        var wanted = new SparseMatrix(1, 5, [0, 1], [0], [1]);
        var alsoUnwanted = new SparseMatrix(1, 5, [0, 2], [0, 3], [1, 1], [1, 0]);

        Assert.Equal(Of(wanted), Of(alsoUnwanted));

        static ListQuality Of(SparseMatrix history) => new ListAnalysis(new ListBackground(
            history, new CataloguePopularity([9, 8, 3, 2, 1], userCount: 20), new CategorySimilarity(Categories), Categories))
            .Of(Lists.Block([1, 3]), Lists.Truth([3]), 2);
    }

    /// <summary>Scores fall by 1 from rank to rank unless a test says otherwise.</summary>
    [Fact]
    public void A_tie_at_the_cut_is_one_between_the_last_item_shown_and_the_next()
    {
        var lists = Lists.Block([0, 1, 2], [2, 1, 0]);
        lists.Scores[1] = lists.Scores[2] = 7;

        var analysis = Analysis(null, null);

        Assert.Equal(0, analysis.Of(lists, Lists.Truth([1], [1]), 1).TiesAtCut);
        Assert.Equal(0.5, analysis.Of(lists, Lists.Truth([1], [1]), 2).TiesAtCut);
        Assert.Null(analysis.Of(lists, Lists.Truth([1], [1]), 3).TiesAtCut);
    }

    [Fact]
    public void Where_nothing_is_known_of_the_items_nothing_is_said()
    {
        var quality = Analysis(null, null).Of(Lists.Block([1, 3]), Lists.Truth([3]), 2);

        Assert.Equal(
            new ListQuality { Similarity = null, Diversity = null, Serendipity = null, Miscalibration = null, TiesAtCut = null }, quality);
    }

    [Fact]
    public void Without_a_hit_there_is_no_serendipity_and_without_categories_of_the_list_no_calibration()
    {
        var quality = Analyse([[4, 4]], [[3]], 2);

        Assert.Null(quality.Serendipity);
        Assert.Null(quality.Miscalibration);
    }

    static ListQuality Analyse(int[][] lists, int[][] truth, int at) =>
        Analysis(new CategorySimilarity(Categories), Categories).Of(Lists.Block(lists), Lists.Truth(truth), at);

    /// <summary>Every user took item 0.</summary>
    static ListAnalysis Analysis(ItemSimilarity? similarity, ItemCatalog? categories) => new(new ListBackground(
        new SparseMatrix(3, 5, [0, 1, 2, 3], [0, 0, 0], [1, 1, 1]),
        new CataloguePopularity([9, 8, 3, 2, 1], userCount: 20),
        similarity,
        categories));
}
