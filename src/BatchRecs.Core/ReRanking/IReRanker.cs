using BatchRecs.Core.Data;
using BatchRecs.Core.Similarities;
using BatchRecs.Core.Training;

namespace BatchRecs.Core.ReRanking;

/// <summary>A step that puts the candidates of one user into another order. Safe to call from several threads at once.</summary>
/// <remarks>
/// To add one: a file with its options record and its class, and one line in the catalog of re-rankers. The result may depend on the
/// list, the user and what the re-ranker was made of, and on nothing else; ties go to the earlier place, which the blend gives to the
/// lower item index.
/// </remarks>
public interface IReRanker
{
    /// <summary>Takes up to <see cref="Shortlist.Wanted"/> places of a list; the caller applies the order.</summary>
    /// <param name="list">The candidates in their present order, none of them taken.</param>
    void ReRank(Shortlist list);
}

/// <summary>Makes a re-ranker whose options are known ready for the lists of one snapshot.</summary>
/// <param name="data">What it may look at.</param>
public delegate IReRanker OpenReRanker(ReRankingData data);

/// <summary>What re-rankers may look at: the data that the recipe was trained on, and what it has learnt of items.</summary>
/// <param name="Data">The snapshot and its weights.</param>
/// <param name="Factors">Similarity by the items' factors; null where no scorer of the recipe has any.</param>
public sealed record ReRankingData(TrainingData Data, FactorSimilarity? Factors)
{
    /// <summary>Gets titles and categories; empty ones where the job has no item table.</summary>
    public ItemCatalog Catalog => Data.Snapshot.Catalog ?? ItemCatalog.Empty(Data.Snapshot.Items.Count);
}
