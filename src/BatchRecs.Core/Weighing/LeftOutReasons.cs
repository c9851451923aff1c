namespace BatchRecs.Core.Weighing;

/// <summary>Why an event is not learnt from: the keys of <see cref="WeightedInteractions.LeftOut"/>.</summary>
public static class LeftOutReasons
{
    /// <summary>The job does not name its type.</summary>
    public const string UnknownType = "unknown event type";

    /// <summary>The job gives its type the weight 0.</summary>
    public const string NoWeight = "event type of weight 0";

    /// <summary>It lies after the time that the data reach to.</summary>
    public const string TooLate = "later than the data";

    /// <summary>Its value is below the minimum of its type, or missing.</summary>
    public const string BelowMinimum = "below minimum value";

    /// <summary>A later event of the same user and item says the opposite: bought and then returned, or the other way round.</summary>
    public const string Overruled = "overruled by a later event";

    /// <summary>It has faded below the share of its weight from which on events count.</summary>
    public const string Faded = "faded";

    /// <summary>The same user, item and type have a later event on the same day.</summary>
    public const string Repeated = "repeated within a day";

    /// <summary>The user and the item have enough later events.</summary>
    public const string OverPairLimit = "over the limit per user and item";

    /// <summary>The user has enough items that weigh more.</summary>
    public const string OverUserLimit = "over the limit of items per user";
}
