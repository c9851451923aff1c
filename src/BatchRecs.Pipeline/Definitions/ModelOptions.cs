using System.ComponentModel.DataAnnotations;
using BatchRecs.Core.Weighing;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>What one event type is worth.</summary>
public sealed record EventOptions
{
    /// <summary>Gets the weight of one fresh event.</summary>
    /// <value>The default is 1.</value>
    [Range(0.0, 1e6)]
    public double Weight { get; init; } = 1;

    /// <summary>Gets the age at which an event counts half; null is written <c>never</c>.</summary>
    /// <value>The default is 90 days.</value>
    [DurationRange("1h", "36500d"), Word("never")]
    public TimeSpan? HalfLife { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Gets the least recency factor of an old event of this type.</summary>
    /// <value>By default that of <see cref="WeightsOptions.Floor"/>.</value>
    [Range(0.0, 1.0)]
    public double? Floor { get; init; }

    /// <summary>Gets whether the event says that the user does not want the item: a dislike, a return.</summary>
    /// <value>The default is false.</value>
    public bool Negative { get; init; }

    /// <summary>Gets the least value that counts as a sign of interest; events below it are seen but not learnt from.</summary>
    public double? MinValue { get; init; }

    /// <summary>Gets how the value enters the weight.</summary>
    /// <value>The default is <see cref="ValueUse.None"/>.</value>
    public ValueUse Value { get; init; } = ValueUse.None;
}

/// <summary>How events become weights; formulas in docs/algorithms.md.</summary>
public sealed record WeightsOptions
{
    /// <summary>Gets the least recency factor of an old event.</summary>
    /// <value>The default is 0.05.</value>
    [Range(0.0, 1.0)]
    public double Floor { get; init; } = 0.05;

    /// <summary>Gets below which share of a fresh event's weight an event is dropped; 0 = none is.</summary>
    /// <value>The default is 0.</value>
    [Range(0.0, 1.0)]
    public double DropBelow { get; init; }

    /// <summary>Gets how many events of one user and item say less than as many times one. A bare number is the scale.</summary>
    [ShortFor("scale")]
    public SaturationOptions Saturation { get; init; } = new();

    /// <summary>Gets the exponent with which the weights of very active users are damped; 0 = not at all.</summary>
    /// <value>The default is 0.</value>
    [Range(0.0, 1.0)]
    public double UserDamping { get; init; }

    /// <summary>Gets how many of the latest events of one user and item count.</summary>
    /// <value>The default is 20.</value>
    [Range(1, 10000)]
    public int MaxPerPair { get; init; } = 20;

    /// <summary>Gets how many items of one user are learnt from (the heaviest).</summary>
    /// <value>The default is 2000.</value>
    [Range(1, 1000000)]
    public int MaxItemsPerUser { get; init; } = 2000;

    /// <summary>Gets how propensities are estimated and used.</summary>
    public PropensityOptions Propensity { get; init; } = new();
}

/// <summary>How the strength r of a pair is saturated.</summary>
public sealed record SaturationOptions
{
    /// <summary>Gets the formula.</summary>
    /// <value>The default is <see cref="SaturationForm.Log"/>.</value>
    public SaturationForm Form { get; init; } = SaturationForm.Log;

    /// <summary>Gets the scale: of ln(1 + r / scale), r / (r + scale) or min(r, scale).</summary>
    /// <value>The default is 1.</value>
    [Range(1e-6, 1e6)]
    public double Scale { get; init; } = 1;
}

/// <summary>How propensities are estimated (power of relative popularity) and used.</summary>
public sealed record PropensityOptions
{
    /// <summary>Gets the exponent of relative popularity.</summary>
    /// <value>The default is 0.5.</value>
    [Range(0.0, 2.0)]
    public double Exponent { get; init; } = 0.5;

    /// <summary>Gets the least propensity.</summary>
    /// <value>The default is 0.01.</value>
    [Range(1e-6, 1.0)]
    public double Floor { get; init; } = 0.01;

    /// <summary>Gets how propensities enter training.</summary>
    /// <value>The default is <see cref="PropensityForm.Weight"/>.</value>
    public PropensityForm Form { get; init; } = PropensityForm.Weight;

    /// <summary>Gets the exponent with which 1 / propensity enters weights of the form <c>weight</c>; 0 = not at all.</summary>
    /// <value>The default is 0.</value>
    [Range(0.0, 1.0)]
    public double Training { get; init; }
}
