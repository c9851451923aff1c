namespace BatchRecs.Core.Weighing;

/// <summary>Turns the strengths of pairs into confidence weights.</summary>
/// <remarks>
/// a = saturation of r; w = clip(a / mean a, 0.1, 10), divided by its mean. Means are those of the pairs that users want: the mean of 1
/// keeps the meaning of the trainer's settings whatever the scale of the event weights, and what users do not want changes no weight of
/// what they do.
/// </remarks>
static class Confidences
{
    const double LeastWeight = 0.1;
    const double MostWeight = 10;

    /// <summary>The share of the users who are not damped.</summary>
    const double UndampedShare = 0.95;

    /// <summary>Computes the weights of some pairs.</summary>
    /// <param name="pairs">The strengths of all pairs.</param>
    /// <param name="kept">The pairs that are learnt from, ascending; at least one of them is wanted.</param>
    /// <param name="options">Saturation and damping.</param>
    /// <returns>w &gt; 0 beside <paramref name="kept"/>; mean 1 over those that users want.</returns>
    public static double[] Of(PairStrengths pairs, int[] kept, WeighingOptions options)
    {
        bool[] wanted = Array.ConvertAll(kept, pair => !pairs.Negatives[pair]);
        double[] weights = Array.ConvertAll(kept, pair => Saturate(pairs.Strengths[pair], options));
        double mean = Mean(weights, wanted);
        // Where no pair has any strength (every rating at its user's mean) all pairs weigh the same.
        weights = Array.ConvertAll(weights, a => mean > 0 ? Math.Clamp(a / mean, LeastWeight, MostWeight) : 1);
        weights = DivideByMean(weights, wanted);
        if (options.UserDamping == 0)
            return weights;

        DampActiveUsers(weights, Array.ConvertAll(kept, pair => pairs.Users[pair]), options.UserDamping);
        return DivideByMean(weights, wanted);
    }

    /// <summary>Divides weights by the mean of those that users want.</summary>
    /// <param name="weights">Weights.</param>
    /// <param name="wanted">One flag per weight.</param>
    public static double[] DivideByMean(double[] weights, bool[] wanted)
    {
        double mean = Mean(weights, wanted);
        return Array.ConvertAll(weights, w => w / mean);
    }

    static double Saturate(double strength, WeighingOptions options) => options.SaturationForm switch
    {
        SaturationForm.Ratio => strength / (strength + options.Saturation),
        SaturationForm.Cap => Math.Min(strength, options.Saturation),
        _ => Math.Log(1 + strength / options.Saturation),
    };

    static double Mean(double[] weights, bool[] wanted)
    {
        double sum = 0;
        int count = 0;
        for (int n = 0; n < weights.Length; n++)
            if (wanted[n])
            {
                sum += weights[n];
                count++;
            }
        return sum / count;
    }

    /// <summary>Lowers the weights of users whose sum exceeds that of 95 % of all: crawlers must not decide what is similar.</summary>
    static void DampActiveUsers(double[] weights, int[] users, double exponent)
    {
        double[] sums = new double[users[^1] + 1];
        for (int n = 0; n < weights.Length; n++)
            sums[users[n]] += weights[n];
        double[] sorted = [.. sums.Where(sum => sum > 0).Order()];
        double reference = sorted[(int)Math.Ceiling(UndampedShare * sorted.Length) - 1];
        for (int n = 0; n < weights.Length; n++)
            weights[n] *= Math.Pow(reference / Math.Max(reference, sums[users[n]]), exponent);
    }
}
