using BatchRecs.Core.Data;
using BatchRecs.Core.Recipes;
using BatchRecs.Store.Releases;

namespace BatchRecs.Pipeline.Stages;

/// <summary>What precompute makes.</summary>
public sealed record PrecomputePlan
{
    /// <summary>Gets the name of the recommender.</summary>
    public required string Recommender { get; init; }

    /// <summary>Gets the length of a main list.</summary>
    public required int Count { get; init; }

    /// <summary>Gets for how many ranks a reason is worked out.</summary>
    public required int Reasons { get; init; }

    /// <summary>Gets how recent a user's last event must be.</summary>
    public required TimeSpan Active { get; init; }

    /// <summary>Gets how many ranks count for coverage and exposure.</summary>
    public required int Depth { get; init; }

    /// <summary>Gets how buy-again lists are made; null = there are none.</summary>
    public AgainRule? Again { get; init; }

    /// <summary>Gets the length of a buy-again list.</summary>
    public int AgainCount { get; init; }

    /// <summary>Gets how many similar items are kept per item; 0 = none.</summary>
    public required int SimilarCount { get; init; }

    /// <summary>Gets how popular and trending lists are made.</summary>
    public required PopularPlan Popular { get; init; }

    /// <summary>Gets a value indicating whether a place of main lists goes to drawn items.</summary>
    public bool Explores { get; init; }

    /// <summary>Gets what may be shown now; null = everything.</summary>
    public EligibleItems? Eligible { get; init; }

    /// <summary>Gets what users have just taken; null = nothing.</summary>
    public TakenItems? Taken { get; init; }

    /// <summary>Returns what the store needs to know to make the recommender's tables and views.</summary>
    /// <param name="user">Type of the user ids.</param>
    /// <param name="item">Type of the item ids.</param>
    public RecommenderSpec Spec(IdKind user, IdKind item) =>
        new(Recommender, user, item, Again is not null, Eligible, Taken, HasExploration: Explores);
}
