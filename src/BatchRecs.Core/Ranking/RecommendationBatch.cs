namespace BatchRecs.Core.Ranking;

/// <summary>Finished list rows of a block of users in columns, ordered by user and rank; row n is one recommendation.</summary>
/// <remarks>All indices are those of the snapshot; the release writer turns them into external ids.</remarks>
public sealed class RecommendationBatch(int capacity)
{
    /// <summary>Gets or sets the number of rows in use.</summary>
    public int Count { get; set; }

    /// <summary>Gets the user index of each row.</summary>
    public int[] Users { get; } = new int[capacity];

    /// <summary>Gets the rank of each row, from 1.</summary>
    public int[] Ranks { get; } = new int[capacity];

    /// <summary>Gets the item index of each row.</summary>
    public int[] Items { get; } = new int[capacity];

    /// <summary>Gets the score of each row.</summary>
    public double[] Scores { get; } = new double[capacity];

    /// <summary>Gets the source of each row (<c>als</c>, <c>recent</c>, <c>popular</c>, <c>again</c>, <c>pin</c>).</summary>
    public string[] Sources { get; } = new string[capacity];

    /// <summary>Gets the reason code of each row: <see cref="ReasonCodes"/>, or null where none was worked out.</summary>
    public string?[] Reasons { get; } = new string?[capacity];

    /// <summary>Gets the item of the user's history behind each row, or −1.</summary>
    public int[] Because { get; } = new int[capacity];
}

/// <summary>The reason codes of serving contract version 1.</summary>
public static class ReasonCodes
{
    /// <summary>Because of an item in the user's history, named by <c>because_item_id</c>.</summary>
    public const string Because = "because_item";

    /// <summary>Many people take it now.</summary>
    public const string PopularNow = "popular_now";

    /// <summary>Many people take it.</summary>
    public const string Popular = "popular";

    /// <summary>The user takes it regularly.</summary>
    public const string Again = "taken_before";

    /// <summary>Returns the reason of a row that no item of the user's history explains; null where there is none to give.</summary>
    /// <param name="source">Source of the row.</param>
    public static string? OfSource(string source) => source switch
    {
        "recent" => PopularNow,
        "popular" => Popular,
        _ => null,
    };
}

/// <summary>One similar item.</summary>
/// <param name="Item">Item index.</param>
/// <param name="Rank">Rank, from 1.</param>
/// <param name="Similar">Item index of the similar item.</param>
/// <param name="Score">Cosine, in [−1, 1].</param>
/// <param name="Source">Name of the scorer whose factors were compared.</param>
public readonly record struct SimilarItem(int Item, int Rank, int Similar, double Score, string Source);

/// <summary>One row of a popular or trending list.</summary>
/// <param name="Segment"><c>all</c> or a category.</param>
/// <param name="Kind"><c>popular</c> or <c>trending</c>.</param>
/// <param name="Rank">Rank, from 1.</param>
/// <param name="Item">Item index.</param>
/// <param name="Score">Decayed popularity, or trend.</param>
public sealed record PopularItem(string Segment, string Kind, int Rank, int Item, double Score);

/// <summary>What the items view shows of one item.</summary>
/// <param name="Item">Item index.</param>
/// <param name="Users">Distinct users in the window.</param>
/// <param name="Popularity">Decayed popularity.</param>
/// <param name="Propensity">Estimated probability of exposure, in (0, 1].</param>
/// <param name="Exposure">Main lists that hold the item in the guard's depth.</param>
public readonly record struct ItemStatistics(int Item, int Users, double Popularity, double Propensity, long Exposure);
