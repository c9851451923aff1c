using BatchRecs.Core.Data;

namespace BatchRecs.Core.Recipes;

/// <summary>What training a recipe leaves: the fitted scorers and what was picked for them.</summary>
/// <param name="Models">One per scorer of the recipe, in its order.</param>
/// <param name="Tuning">How what is <c>tuned</c> was picked; null where nothing is.</param>
/// <param name="DataUntil">Time of the newest event that it has learnt from, in microseconds since 1970-01-01 UTC.</param>
public sealed record TrainedRecipe(IReadOnlyList<TrainedScorer> Models, TuningReport? Tuning, long DataUntil);

/// <summary>A fitted scorer of a recipe.</summary>
/// <param name="Name">Catalog name.</param>
/// <param name="Variant">Index of the variant that was used.</param>
/// <param name="Weight">Weight in the blend.</param>
/// <param name="State">What it has learnt.</param>
public sealed record TrainedScorer(string Name, int Variant, double Weight, ModelState State);

/// <summary>How variants and blend weights were picked.</summary>
/// <param name="Users">Validation users.</param>
/// <param name="Ndcg">NDCG@10 of the blend on them, or null where there were too few users to pick anything.</param>
/// <param name="Picks">Per scorer: the label of its variant, its weight, and the NDCG@10 of the scorer alone.</param>
public sealed record TuningReport(int Users, double? Ndcg, IReadOnlyList<TunedScorer> Picks);

/// <summary>What was picked for one scorer.</summary>
/// <param name="Name">Catalog name.</param>
/// <param name="Variant">Label of the variant; empty where there is only one.</param>
/// <param name="Weight">Weight in the blend.</param>
/// <param name="NdcgAlone">NDCG@10 of the scorer alone; null where nothing was measured.</param>
public sealed record TunedScorer(string Name, string Variant, double Weight, double? NdcgAlone);
