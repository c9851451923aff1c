using BatchRecs.Core.Data;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Guarding;
using BatchRecs.Core.Similarities;
using BatchRecs.Core.Training;

namespace BatchRecs.Core.Recipes;

/// <summary>Measures the lists of several makers by all that is known of the training part.</summary>
/// <param name="fit">What was fitted.</param>
/// <param name="seed">Seed of the resamples.</param>
/// <param name="segments">Groups of the users of the whole snapshot; null = there are none.</param>
sealed class ListMeasurement(EvaluationFit fit, ulong seed, UserSegments? segments)
{
    /// <summary>The share of the items, from the best known on, behind which the tail begins; a fifth is the head.</summary>
    const double TailFrom = 0.5;

    static readonly string[] Tiers = ["head: best known 20 % of the items", "middle: next 30 %", "tail: the other half"];

    readonly CataloguePopularity _catalogue = new(fit.Data.Weighted.DistinctUsers, fit.Data.Snapshot.Users.Count);

    /// <summary>Gets what is known of the items and histories; worked out when it is first asked for.</summary>
    ListBackground Background => field ??= Look();

    /// <summary>Measures hits, and what the lists show of the catalogue.</summary>
    public ListEvaluation Plain(
        string list, TestTruth truth, IReadOnlyList<MakerLists> makers, IReadOnlyList<int> at, CancellationToken token) =>
        Evaluator.Evaluate(list, truth, makers, at, _catalogue, seed, token);

    /// <summary>Measures also what the lists are like besides right or wrong.</summary>
    public ListEvaluation Of(
        string list, TestTruth truth, IReadOnlyList<MakerLists> makers, IReadOnlyList<int> at, CancellationToken token)
    {
        var measured = Plain(list, truth, makers, at, token);
        var analysis = new ListAnalysis(Background);
        return measured with
        {
            Makers = [.. measured.Makers.Select((maker, m) => maker with
            {
                At = [.. maker.At.Select(length => length with { Quality = analysis.Of(makers[m].Lists, truth, length.Length) })],
            })],
        };
    }

    /// <summary>Measures also parts of the users and of the items apart, and how far other configurations' lists are.</summary>
    public ListEvaluation InParts(
        string list, TestTruth truth, IReadOnlyList<MakerLists> makers, IReadOnlyList<int> at, CancellationToken token)
    {
        var measured = Of(list, truth, makers, at, token);
        token.ThrowIfCancellationRequested();
        var parts = new BucketEvaluation(truth, makers, at[0], seed);
        var activity = Quartiles.Split(EventCounts(truth));
        var buckets = new List<BucketTable>
        {
            parts.ByUser(BucketTable.Activity, activity.Names, activity.Of),
            parts.ByItem(BucketTable.Popularity, Tiers, Array.ConvertAll(_catalogue.Ranks, Tier)),
        };
        if (segments is not null)
        {
            int[] users = fit.Split.TrainingUsers();
            buckets.Add(parts.ByUser(
                BucketTable.Segment, segments.Names, Array.ConvertAll(truth.Users, user => segments.OfUser[users[user]])));
        }
        bool[] isNew = CatalogueFacts.NewItems(fit.Data.Snapshot);
        var compared = makers.Where(maker => maker.Kind == MakerKind.Compared);
        return measured with
        {
            Buckets = buckets,
            Contrasts = [.. compared.Select(maker => ListContrast.Of(makers[0], maker, at[0], isNew))],
        };
    }

    ListBackground Look()
    {
        var categories = fit.Data.Snapshot.Catalog is { CategoryNames.Length: > 0 } known ? known : null;
        return new ListBackground(
            fit.Data.Weighted.UserItems,
            _catalogue,
            categories is null ? Factors() : new CategorySimilarity(categories),
            categories);
    }

    int Tier(int rank) =>
        rank < Math.Ceiling(CataloguePopularity.HeadShare * _catalogue.Ranks.Length) ? 0
        : rank < Math.Ceiling(TailFrom * _catalogue.Ranks.Length) ? 1
        : 2;

    /// <summary>Counts the training events of each test user.</summary>
    int[] EventCounts(TestTruth truth)
    {
        int[] counts = fit.Data.Snapshot.EventsPerUser();
        return Array.ConvertAll(truth.Users, user => counts[user]);
    }

    /// <summary>Where items have no categories, the factors of the recipe say what they have in common.</summary>
    FactorSimilarity? Factors() => fit.Recipe.Models
        .Select(model => model.State.Arrays.GetValueOrDefault(AlsScorer.ItemFactors))
        .OfType<ModelArray>()
        .Select(array => new FactorSimilarity((float[])array.Elements, array.Columns))
        .FirstOrDefault();
}
