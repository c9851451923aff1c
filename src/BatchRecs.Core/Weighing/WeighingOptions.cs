namespace BatchRecs.Core.Weighing;

/// <summary>How the value of an event enters its weight.</summary>
public enum ValueUse
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Factor ln(1 + value); a negative value counts as 0. For quantities.</summary>
    Log1p,

    /// <summary>Factor (value − the user's mean) / range of all values, clipped to 0 … 1. For ratings.</summary>
    Rating,
}

/// <summary>How the strength r of a pair is saturated: many events say less than as many times one.</summary>
public enum SaturationForm
{
    /// <summary>ln(1 + r / scale).</summary>
    Log,

    /// <summary>r / (r + scale): at most 1.</summary>
    Ratio,

    /// <summary>min(r, scale).</summary>
    Cap,
}

/// <summary>How propensities enter the training entries.</summary>
public enum PropensityForm
{
    /// <summary>The weight grows with 1 / propensity, damped by an exponent; the target stays 1.</summary>
    Weight,

    /// <summary>The unbiased loss of relevance matrix factorisation (Saito et al. 2020).</summary>
    Relmf,
}

/// <summary>What one event type is worth.</summary>
/// <param name="Name">Name of the event type.</param>
public sealed record EventWeight(string Name)
{
    /// <summary>Gets the weight of one fresh event, at least 0; events of a type with weight 0 are not learnt from.</summary>
    /// <value>The default is 1.</value>
    public double Weight { get; init; } = 1;

    /// <summary>Gets the age in days at which an event counts half; +∞ = never fades.</summary>
    /// <value>The default is 90.</value>
    public double HalfLifeDays { get; init; } = 90;

    /// <summary>Gets the least recency factor of an old event of this type, in [0, 1]; null = that of the options.</summary>
    public double? Floor { get; init; }

    /// <summary>Gets a value indicating whether the event says that the user does not want the item: a dislike, a return.</summary>
    public bool IsNegative { get; init; }

    /// <summary>Gets the least value that counts as a sign of interest; an event without a value is below it. Null = no limit.</summary>
    public double? MinValue { get; init; }

    /// <summary>Gets how the value enters the weight; an event without a value has factor 1.</summary>
    /// <value>The default is <see cref="ValueUse.None"/>.</value>
    public ValueUse Value { get; init; } = ValueUse.None;
}

/// <summary>How events become weights, popularity and propensities; formulas in docs/algorithms.md.</summary>
public sealed record WeighingOptions
{
    /// <summary>Gets the event types that are learnt from; all others are unknown and left out.</summary>
    public required IReadOnlyList<EventWeight> Events { get; init; }

    /// <summary>Gets the least recency factor of an old event, in [0, 1].</summary>
    /// <value>The default is 0.05.</value>
    public double Floor { get; init; } = 0.05;

    /// <summary>Gets below which share of a fresh event's weight an event is dropped, in [0, 1]; 0 = none is.</summary>
    /// <value>The default is 0.</value>
    public double DropBelow { get; init; }

    /// <summary>Gets how the strength of a pair is saturated.</summary>
    /// <value>The default is <see cref="SaturationForm.Log"/>.</value>
    public SaturationForm SaturationForm { get; init; } = SaturationForm.Log;

    /// <summary>Gets the scale of the saturation, above 0.</summary>
    /// <value>The default is 1.</value>
    public double Saturation { get; init; } = 1;

    /// <summary>Gets the exponent with which the weights of very active users are damped, in [0, 1]; 0 = not at all.</summary>
    /// <value>The default is 0.</value>
    public double UserDamping { get; init; }

    /// <summary>Gets how many of the latest events of one user and item count, at least 1.</summary>
    /// <value>The default is 20.</value>
    public int MaxPerPair { get; init; } = 20;

    /// <summary>Gets how many items of one user are learnt from (the heaviest), at least 1.</summary>
    /// <value>The default is 2000.</value>
    public int MaxItemsPerUser { get; init; } = 2000;

    /// <summary>Gets the exponent of relative popularity in propensities.</summary>
    /// <value>The default is 0.5.</value>
    public double PropensityExponent { get; init; } = 0.5;

    /// <summary>Gets the least propensity, in (0, 1].</summary>
    /// <value>The default is 0.01.</value>
    public double PropensityFloor { get; init; } = 0.01;

    /// <summary>Gets how propensities enter the training entries.</summary>
    /// <value>The default is <see cref="PropensityForm.Weight"/>.</value>
    public PropensityForm PropensityForm { get; init; } = PropensityForm.Weight;

    /// <summary>Gets α₀ of the trainer, in (0, 1]; only <see cref="PropensityForm.Relmf"/> needs it.</summary>
    /// <value>The default is 0.05.</value>
    public double UnobservedWeight { get; init; } = 0.05;

    /// <summary>Gets the exponent with which 1 / propensity enters the training weights of the form
    /// <see cref="PropensityForm.Weight"/>; 0 = not at all.</summary>
    /// <value>The default is 0.</value>
    public double PropensityTraining { get; init; }

    /// <summary>Gets the half-life, in days, of <see cref="WeightedInteractions.Popularity"/>.</summary>
    /// <value>The default is 7.</value>
    public double PopularityHalfLifeDays { get; init; } = 7;

    /// <summary>Gets the time zone whose days bound repeats: of one user, item and event type the latest event of a day counts.</summary>
    /// <value>The default is UTC.</value>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;
}
