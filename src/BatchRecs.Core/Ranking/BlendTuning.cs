namespace BatchRecs.Core.Ranking;

/// <summary>The weights that were picked for a blend.</summary>
/// <param name="Weights">One weight per scorer.</param>
/// <param name="Ndcg">Mean NDCG of the fused lists over the validation users; 0 without users.</param>
/// <param name="Users">How many validation users were looked at.</param>
/// <param name="Tried">How many sets of weights were tried.</param>
public sealed record BlendTuning(double[] Weights, double Ndcg, int Users, int Tried);
