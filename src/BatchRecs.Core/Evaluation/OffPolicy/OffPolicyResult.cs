using System.Globalization;

namespace BatchRecs.Core.Evaluation.OffPolicy;

/// <summary>What the logs say of one policy, or why they say nothing.</summary>
public sealed record OffPolicyResult
{
    /// <summary>Fewer effective rows than these, or a smaller share of all rows, carry no figure.</summary>
    public const double LeastEffectiveRows = 1000;

    /// <summary>The least share of effective rows.</summary>
    public const double LeastEffectiveShare = 0.05;

    /// <summary>How many standard errors the mean weight may be away from 1.</summary>
    public const double MostErrors = 3;

    /// <summary>Gets the name of the policy.</summary>
    public required string Target { get; init; }

    /// <summary>Gets the number of outcomes.</summary>
    public required int Rows { get; init; }

    /// <summary>Gets the number of users with an outcome.</summary>
    public required int Users { get; init; }

    /// <summary>Gets the mean weight; its expectation is 1 where the logged probabilities are those of the draw.</summary>
    public required double MeanWeight { get; init; }

    /// <summary>Gets the standard error of <see cref="MeanWeight"/>.</summary>
    public required double MeanWeightError { get; init; }

    /// <summary>Gets how many equally weighted rows say as much: (Σ w)² / Σ w².</summary>
    public required double EffectiveRows { get; init; }

    /// <summary>Gets why there is no estimate; null where there is.</summary>
    public required string? Refusal { get; init; }

    /// <summary>Gets the estimates; none where they are refused.</summary>
    public required IReadOnlyList<OffPolicyEstimate> Estimates { get; init; }

    /// <summary>Checks a sample and works out its estimates.</summary>
    /// <param name="target">Name of the target policy.</param>
    /// <param name="log">The outcomes.</param>
    public static OffPolicyResult Of(string target, LoggedSample log)
    {
        log.Check();
        int users = log.Users.Distinct().Count();
        double mean = log.Count == 0 ? 0 : log.Weights.Sum() / log.Count;
        double error = ClusteredError.Of(Array.ConvertAll(log.Weights, weight => weight - mean), log.Users);
        double effective = ImportanceWeights.EffectiveRows(log.Weights);
        string? refusal = Problem(log.Count, users, mean, error, effective);
        return new OffPolicyResult
        {
            Target = target,
            Rows = log.Count,
            Users = users,
            MeanWeight = mean,
            MeanWeightError = double.IsFinite(error) ? error : 0,
            EffectiveRows = effective,
            Refusal = refusal,
            Estimates = refusal is null ? OffPolicyEstimators.All(log) : [],
        };
    }

    static string? Problem(int rows, int users, double mean, double error, double effective)
    {
        // Sums of thousands of weights of exactly 1 stay within this.
        const double rounding = 1e-9;
        if (users < 2)
            return $"there are outcomes of {users} users; at least 2 are needed.";
        if (Math.Abs(mean - 1) > (MostErrors * error) + rounding)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"the weights average {mean:0.000} with a standard error of {error:0.000}; expected 1 within {MostErrors} errors. ")
                + "The logged probabilities are not those of what was shown: rows are missing, double, or joined to the wrong draw.";
        if (effective < LeastEffectiveRows || effective < LeastEffectiveShare * rows)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"the {rows:N0} outcomes say as much as {effective:N0} equally weighted ones; expected at least ")
                + string.Create(
                    CultureInfo.InvariantCulture, $"{LeastEffectiveRows:N0} and {LeastEffectiveShare:P0} of them. ")
                + "Wait for more outcomes, or draw more evenly.";
        return null;
    }
}
