namespace BatchRecs.Core.Evaluation.OffPolicy;

/// <summary>An estimate of the mean reward that a policy would have had.</summary>
/// <param name="Method">How it was worked out: one of <see cref="OffPolicyMethods"/>.</param>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">Its standard error, over users.</param>
public sealed record OffPolicyEstimate(string Method, double Value, double StandardError)
{
    /// <summary>Gets the estimate with its 95 % bounds by the normal approximation.</summary>
    public Interval Interval => new(
        Value, Value - (UserSample.NormalQuantile * StandardError), Value + (UserSample.NormalQuantile * StandardError));

    /// <summary>Gets how strongly weights were tamed: the clip M or the λ; null where weights are whole.</summary>
    public double? Strength { get; init; }

    /// <summary>Gets by how much each row moves the estimate, times the number of rows; their mean is 0.</summary>
    internal double[] Influence { get; init; } = [];

    /// <summary>Returns this estimate − another of the same rows, with the error of the difference.</summary>
    /// <param name="other">Another estimate of the same sample.</param>
    /// <param name="users">The user of each row.</param>
    internal OffPolicyEstimate Minus(OffPolicyEstimate other, int[] users)
    {
        double[] influence = [.. Influence.Zip(other.Influence, (a, b) => a - b)];
        return new OffPolicyEstimate(Method, Value - other.Value, ClusteredError.Of(influence, users)) { Influence = influence };
    }
}

/// <summary>The names of the estimators.</summary>
public static class OffPolicyMethods
{
    /// <summary>Inverse propensity scoring.</summary>
    public const string Ips = "ips";

    /// <summary>Self-normalised inverse propensity scoring.</summary>
    public const string Snips = "snips";

    /// <summary>Inverse propensity scoring with clipped weights.</summary>
    public const string ClippedIps = "clippedIps";

    /// <summary>The direct method: the model alone.</summary>
    public const string Direct = "dm";

    /// <summary>Doubly robust: the model, corrected by the weighted error that it makes on what was drawn.</summary>
    public const string DoublyRobust = "dr";

    /// <summary>Doubly robust with the correction divided by the mean weight.</summary>
    public const string SelfNormalizedDoublyRobust = "sndr";

    /// <summary>Doubly robust with shrunk weights.</summary>
    public const string ShrunkDoublyRobust = "dros";

    /// <summary>Doubly robust with sub-Gaussian weights.</summary>
    public const string SubGaussianDoublyRobust = "subGaussianDr";
}
