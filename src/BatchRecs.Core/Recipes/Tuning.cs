using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Training;

namespace BatchRecs.Core.Recipes;

/// <summary>What was picked for one scorer.</summary>
/// <param name="Variant">Index of the variant.</param>
/// <param name="Weight">Weight in the blend.</param>
readonly record struct Pick(int Variant, double Weight);

/// <summary>Picks variants and blend weights: fits on the older part of the data, measures on the newer.</summary>
/// <remarks>Each scorer keeps the variant with the best NDCG@10 alone; the weights of the blend are then searched together.</remarks>
sealed class Tuning(Recipe recipe)
{
    /// <summary>Below this many users a pick would be noise: the first variants and weight 1 are used instead.</summary>
    internal const int LeastUsers = 30;

    /// <summary>More users than these are thinned evenly: 5,000 resolve the grid, and the cost stays flat.</summary>
    const int MostUsers = 5_000;

    /// <summary>List length that is tuned for.</summary>
    const int Depth = 10;

    readonly RecipeOptions _options = recipe.Options;

    /// <summary>Tells whether anything is left to pick.</summary>
    public static bool IsNeeded(RecipeOptions options) =>
        options.Scorers.Any(choice => choice.Variants.Count > 1 || (choice.Weight is null && options.Scorers.Count > 1));

    /// <summary>Returns the picks that hold where nothing can be measured.</summary>
    public static Pick[] Defaults(RecipeOptions options) => [.. options.Scorers.Select(choice => new Pick(0, choice.Weight ?? 1))];

    /// <summary>Picks.</summary>
    /// <param name="snapshot">The training data; its last part is the validation window.</param>
    /// <param name="progress">Receives progress; may be null.</param>
    /// <param name="token">Ends the search early.</param>
    public (Pick[] Picks, TuningReport Report) Run(Snapshot snapshot, IProgress<StageProgress>? progress, CancellationToken token)
    {
        if (!TrySplit(snapshot, out var data, out var truth))
            return (Defaults(_options), new TuningReport(truth?.UserCount ?? 0, null, Report(Defaults(_options), null)));

        var exclusions = SeenItems.Build(data.Snapshot, _options.Seen);
        var best = new CandidateBlock[_options.Scorers.Count];
        int[] variants = new int[best.Length];
        double[] alone = new double[best.Length];
        for (int s = 0; s < best.Length; s++)
            (best[s], variants[s], alone[s]) = BestVariant(_options.Scorers[s], data, truth!, exclusions, progress, token);

        var blend = BlendTuner.Tune(best, truth!, [.. _options.Scorers.Select(choice => choice.Weight)], Depth, token);
        Pick[] picks = [.. variants.Select((variant, s) => new Pick(variant, blend.Weights[s]))];
        return (picks, new TuningReport(truth!.UserCount, blend.Ndcg, Report(picks, alone)));
    }

    bool TrySplit(Snapshot snapshot, out TrainingData data, out TestTruth? truth)
    {
        (data, truth) = (null!, null);
        try
        {
            var split = _options.Validation.Split(snapshot);
            truth = recipe.Truth(snapshot, split).Thin(MostUsers);
            if (truth.UserCount < LeastUsers)
                return false;
            data = new TrainingData(split.Training, recipe.Weigh(split.Training));
            return true;
        }
        catch (InputDataException)
        {
            // Nothing before the validation window, or nothing in it to learn from: a young shop. The report says that nothing was picked.
            return false;
        }
    }

    (CandidateBlock Lists, int Variant, double Ndcg) BestVariant(
        ScorerChoice choice,
        TrainingData data,
        TestTruth truth,
        Exclusions exclusions,
        IProgress<StageProgress>? progress,
        CancellationToken token)
    {
        (CandidateBlock? Lists, int Variant, double Ndcg) best = (null, 0, double.NegativeInfinity);
        for (int v = 0; v < choice.Variants.Count; v++)
        {
            var scorer = choice.Variants[v].Scorer;
            var fitted = scorer.Open(scorer.Fit(data, new FitContext(_options.Seed, _options.Threads, progress), token), data);
            var lists = UserBlocks.TopCandidates(fitted, truth.Users, exclusions, _options.Candidates, _options.Threads, token);
            double ndcg = RankingMetrics.Of(lists, truth, [Depth])[0].Mean(RankingMetric.Ndcg);
            if (ndcg > best.Ndcg)
                best = (lists, v, ndcg);
        }
        return (best.Lists!, best.Variant, best.Ndcg);
    }

    TunedScorer[] Report(Pick[] picks, double[]? alone) =>
        [.. picks.Select((pick, s) => new TunedScorer(
            _options.Scorers[s].Name, _options.Scorers[s].Variants[pick.Variant].Label, pick.Weight, alone?[s]))];
}
