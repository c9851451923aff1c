namespace BatchRecs.Core.Recipes;

/// <summary>How a recipe is measured on the past.</summary>
public sealed record RecipeEvaluationOptions
{
    /// <summary>Gets the last part of the time, which is held out for the test.</summary>
    public required HoldoutRule Holdout { get; init; }

    /// <summary>Gets the list lengths, the primary one first.</summary>
    public required IReadOnlyList<int> At { get; init; }

    /// <summary>Gets the baselines: each a recipe of its own, trained and tuned on the same past.</summary>
    public required IReadOnlyList<ScorerChoice> Baselines { get; init; }

    /// <summary>Gets the half-life and the event types of the buy-again list; null = there is none.</summary>
    public AgainRule? Again { get; init; }

    /// <summary>Gets a value indicating whether the main list is also measured with items that a user had before.</summary>
    public bool Repeats { get; init; }

    /// <summary>Gets how many test periods are measured, each as long as the first and right before the one before it.</summary>
    public int Windows { get; init; } = 1;

    /// <summary>Gets whole other configurations, trained and tuned on the same past and measured on the same users.</summary>
    public IReadOnlyList<ComparedRecipe> Compared { get; init; } = [];
}

/// <summary>How buy-again lists are made.</summary>
/// <param name="HalfLife">Age at which an event counts half.</param>
/// <param name="EventTypes">Event types that count; null = all.</param>
public sealed record AgainRule(TimeSpan HalfLife, IReadOnlyList<string>? EventTypes);

/// <summary>Another configuration that a recipe is compared with: the champion's, or that of a file.</summary>
/// <param name="Name">Its name among the makers of lists: that of no baseline and no scorer.</param>
/// <param name="Recipe">How it weighs, trains and makes its lists; what counts as a hit is the measured recipe's to say.</param>
/// <param name="Again">How it makes its buy-again list; null = it has none.</param>
public sealed record ComparedRecipe(string Name, Recipe Recipe, AgainRule? Again = null);
