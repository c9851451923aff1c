using System.ComponentModel.DataAnnotations;
using BatchRecs.Core.Allocating;
using BatchRecs.Pipeline.Catalogs;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Who gets a precomputed list; all others fall back to the popular list.</summary>
public sealed record UsersOptions
{
    /// <summary>Gets how recent a user's last event must be, counted from the newest event.</summary>
    /// <value>The default is 365 days.</value>
    [DurationRange("1h", "36500d")]
    public TimeSpan Active { get; init; } = TimeSpan.FromDays(365);
}

/// <summary>How the main lists are made.</summary>
public sealed record PrecomputeOptions
{
    /// <summary>Gets the length of a list.</summary>
    /// <value>The default is 100.</value>
    [Range(1, 1000)]
    public int Count { get; init; } = 100;

    /// <summary>Gets how many candidates each scorer proposes per user.</summary>
    /// <value>The default 0 means the larger of 200 and twice <see cref="Count"/>.</value>
    [Range(0, 10000)]
    public int Candidates { get; init; }

    /// <summary>Gets what a user has seen and should not get again.</summary>
    /// <value>The default is every event, ever. <c>seen: none</c> allows everything again.</value>
    [Word("none", Member = nameof(SeenOptions.None))]
    public SeenOptions Seen { get; init; } = new();

    /// <summary>Gets for how many ranks a reason is worked out.</summary>
    /// <value>The default is 20.</value>
    [Range(0, 1000)]
    public int Reasons { get; init; } = 20;

    /// <summary>Gets what changes the lists of all users together, one after the other.</summary>
    /// <value>The default is nothing: lists are made and loaded block by block.</value>
    public IReadOnlyList<Choice<IAllocator>> Allocate { get; init; } = [];
}

/// <summary>What counts as seen.</summary>
public sealed record SeenOptions
{
    /// <summary>Gets the options under which nothing counts as seen; written <c>seen: none</c>.</summary>
    public static SeenOptions None { get; } = new() { Enabled = false };

    /// <summary>Gets a value indicating whether anything counts as seen.</summary>
    public bool Enabled { get; private init; } = true;

    /// <summary>Gets the event types that count; null = all known types.</summary>
    [MinLength(1)]
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>Gets how long an item stays seen, counted from the newest event; null is written <c>within: all</c>.</summary>
    [DurationRange("1h", "36500d"), Word("all")]
    public TimeSpan? Within { get; init; }
}

/// <summary>The list of items to buy or see again: the user's own events, decayed.</summary>
public sealed record AgainOptions
{
    /// <summary>Gets the length of a list.</summary>
    /// <value>The default is 20.</value>
    [Range(1, 1000)]
    public int Count { get; init; } = 20;

    /// <summary>Gets the half-life of an event.</summary>
    /// <value>The default is 60 days.</value>
    [DurationRange("1h", "36500d")]
    public TimeSpan HalfLife { get; init; } = TimeSpan.FromDays(60);

    /// <summary>Gets the event types that count; null = all known types.</summary>
    [MinLength(1)]
    public IReadOnlyList<string>? Events { get; init; }
}

/// <summary>Similar items.</summary>
public sealed record SimilarOptions
{
    /// <summary>Gets how many similar items are kept per item; 0 = none.</summary>
    /// <value>The default is 20.</value>
    [Range(0, 1000)]
    public int Count { get; init; } = 20;
}

/// <summary>Popular and trending lists, overall and per category.</summary>
public sealed record PopularOptions
{
    /// <summary>Gets the length of a list.</summary>
    /// <value>The default is 100.</value>
    [Range(1, 1000)]
    public int Count { get; init; } = 100;

    /// <summary>Gets the half-life of the decayed popularity that popular lists are ordered by.</summary>
    /// <value>The default is 7 days.</value>
    [DurationRange("1h", "36500d")]
    public TimeSpan HalfLife { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Gets the window whose rise makes an item trending; its base is the 28 days before the newest event.</summary>
    /// <value>The default is 3 days.</value>
    [DurationRange("1h", "28d")]
    public TimeSpan TrendingWindow { get; init; } = TimeSpan.FromDays(3);

    /// <summary>Gets how many distinct users an item needs inside the window to be trending.</summary>
    /// <value>The default is 10.</value>
    [Range(1, 1000000)]
    public int TrendingMinUsers { get; init; } = 10;
}

/// <summary>Relations in the serving store that the views consult at the moment of reading.</summary>
public sealed record LiveOptions
{
    /// <summary>Gets the relation of items that may be shown now; null = all.</summary>
    public EligibleRelation? Eligible { get; init; }

    /// <summary>Gets the relation of what users have just taken; null = none.</summary>
    public SeenRelation? Seen { get; init; }
}

/// <summary>A table or view that lists the items which may be shown now.</summary>
public sealed record EligibleRelation
{
    /// <summary>Gets the table or view in the serving store.</summary>
    public required string Table { get; init; }

    /// <summary>Gets the column of the item id.</summary>
    public required string Item { get; init; }
}

/// <summary>A table or view that lists (user, item) pairs which should vanish from the lists at once.</summary>
public sealed record SeenRelation
{
    /// <summary>Gets the table or view in the serving store.</summary>
    public required string Table { get; init; }

    /// <summary>Gets the column of the user id.</summary>
    public required string User { get; init; }

    /// <summary>Gets the column of the item id.</summary>
    public required string Item { get; init; }
}
