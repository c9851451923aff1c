namespace BatchRecs.Core.Evaluation.OffPolicy;

/// <summary>Estimates of the mean reward of a policy from what came of another one's draws.</summary>
/// <remarks>
/// Formulas as in Saito et al. 2020, "Open Bandit Dataset and Pipeline" (obp). Errors are those of means over users; of ratios by the
/// delta method. IPS and DR are unbiased if the logged probabilities are right, DR also if the model is; the model must not have learnt
/// from the rows it predicts.
/// </remarks>
public static class OffPolicyEstimators
{
    /// <summary>mean(w r).</summary>
    public static OffPolicyEstimate Ips(LoggedSample log) =>
        Mean(OffPolicyMethods.Ips, log, n => log.Weights[n] * log.Rewards[n]);

    /// <summary>Σ w r / Σ w: the scale of the logged probabilities does not matter.</summary>
    public static OffPolicyEstimate Snips(LoggedSample log) => Ratio(OffPolicyMethods.Snips, log, n => log.Rewards[n], _ => 0);

    /// <summary>mean(min(w, M) r); the M with the least estimated error.</summary>
    public static OffPolicyEstimate ClippedIps(LoggedSample log) => LeastError(
        ImportanceWeights.Clips,
        most => Mean(OffPolicyMethods.ClippedIps, log, n => ImportanceWeights.Clipped(log.Weights[n], most) * log.Rewards[n]));

    /// <summary>mean(Σₐ q r̂): the model alone. Its error is that of the contexts; whether the model is right it cannot tell.</summary>
    /// <exception cref="ArgumentException">There are no predictions.</exception>
    public static OffPolicyEstimate Direct(LoggedSample log)
    {
        var predicted = PredictionsOf(log);
        return Mean(OffPolicyMethods.Direct, log, n => predicted.Target[n]);
    }

    /// <summary>mean(Σₐ q r̂ + w (r − r̂)).</summary>
    /// <exception cref="ArgumentException">There are no predictions.</exception>
    public static OffPolicyEstimate DoublyRobust(LoggedSample log) => Corrected(OffPolicyMethods.DoublyRobust, log, weight => weight);

    /// <summary>mean(Σₐ q r̂) + Σ w (r − r̂) / Σ w.</summary>
    /// <exception cref="ArgumentException">There are no predictions.</exception>
    public static OffPolicyEstimate SelfNormalizedDoublyRobust(LoggedSample log)
    {
        var predicted = PredictionsOf(log);
        return Ratio(
            OffPolicyMethods.SelfNormalizedDoublyRobust, log, n => log.Rewards[n] - predicted.Logged[n], n => predicted.Target[n]);
    }

    /// <summary>mean(Σₐ q r̂ + ŵ (r − r̂)) with ŵ = λ w / (w² + λ); the λ with the least estimated error.</summary>
    /// <exception cref="ArgumentException">There are no predictions.</exception>
    public static OffPolicyEstimate ShrunkDoublyRobust(LoggedSample log) => LeastError(
        ImportanceWeights.Shrinkages,
        lambda => Corrected(OffPolicyMethods.ShrunkDoublyRobust, log, weight => ImportanceWeights.Shrunk(weight, lambda)));

    /// <summary>mean(Σₐ q r̂ + ŵ (r − r̂)) with ŵ = w / (1 − λ + λ w); the λ with the least estimated error.</summary>
    /// <exception cref="ArgumentException">There are no predictions.</exception>
    public static OffPolicyEstimate SubGaussianDoublyRobust(LoggedSample log) => LeastError(
        ImportanceWeights.SubGaussians,
        lambda => Corrected(OffPolicyMethods.SubGaussianDoublyRobust, log, weight => ImportanceWeights.SubGaussian(weight, lambda)));

    /// <summary>Returns every estimate that the sample has what it takes for.</summary>
    public static IReadOnlyList<OffPolicyEstimate> All(LoggedSample log)
    {
        OffPolicyEstimate[] weighted = [Ips(log), Snips(log), ClippedIps(log)];
        return log.Predictions is null
            ? weighted
            : [.. weighted, Direct(log), DoublyRobust(log), SelfNormalizedDoublyRobust(log), ShrunkDoublyRobust(log),
                SubGaussianDoublyRobust(log)];
    }

    static OffPolicyEstimate Corrected(string method, LoggedSample log, Func<double, double> tame)
    {
        var predicted = PredictionsOf(log);
        return Mean(method, log, n => predicted.Target[n] + (tame(log.Weights[n]) * (log.Rewards[n] - predicted.Logged[n])));
    }

    /// <summary>Takes the strength that loses least: variance + squared difference from the estimate with whole weights.</summary>
    /// <param name="strengths">Strengths; the last leaves weights whole.</param>
    /// <param name="estimate">Works out the estimate with a strength.</param>
    /// <remarks>Su et al. 2020, section 4, with the plain estimate of the bias.</remarks>
    static OffPolicyEstimate LeastError(IReadOnlyList<double> strengths, Func<double, OffPolicyEstimate> estimate)
    {
        OffPolicyEstimate[] tried =
            [.. strengths.Select(strength => estimate(strength) with { Strength = double.IsFinite(strength) ? strength : null })];
        double unbiased = tried[^1].Value;
        return tried.MinBy(one => (one.StandardError * one.StandardError) + ((one.Value - unbiased) * (one.Value - unbiased)))!;
    }

    static OffPolicyEstimate Mean(string method, LoggedSample log, Func<int, double> term)
    {
        log.Check();
        double[] terms = new double[log.Count];
        for (int n = 0; n < terms.Length; n++)
            terms[n] = term(n);
        double mean = Average(terms);
        double[] influence = Array.ConvertAll(terms, value => value - mean);
        return new OffPolicyEstimate(method, mean, ClusteredError.Of(influence, log.Users)) { Influence = influence };
    }

    /// <summary>mean(base) + Σ w value / Σ w.</summary>
    static OffPolicyEstimate Ratio(string method, LoggedSample log, Func<int, double> value, Func<int, double> added)
    {
        log.Check();
        double weights = 0, weighted = 0, sum = 0;
        for (int n = 0; n < log.Count; n++)
        {
            weights += log.Weights[n];
            weighted += log.Weights[n] * value(n);
            sum += added(n);
        }
        double ratio = weighted / weights, mean = sum / log.Count, meanWeight = weights / log.Count;
        double[] influence = new double[log.Count];
        for (int n = 0; n < log.Count; n++)
            influence[n] = added(n) - mean + (log.Weights[n] * (value(n) - ratio) / meanWeight);
        return new OffPolicyEstimate(method, mean + ratio, ClusteredError.Of(influence, log.Users)) { Influence = influence };
    }

    static double Average(double[] values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum / values.Length;
    }

    static RewardPredictions PredictionsOf(LoggedSample log) =>
        log.Predictions ?? throw new ArgumentException("The sample has no predictions; this estimate needs them.", nameof(log));
}
