namespace BatchRecs.Core.Recipes;

/// <summary>Lists what was picked on the validation window, by key of the job file; of baselines and other configurations too.</summary>
sealed class TunedFigures(Recipe recipe, RecipeEvaluationOptions options)
{
    readonly Dictionary<string, double> _found = [];

    /// <summary>Returns the picks behind a fit: <c>blend.recent</c>, <c>baselines.recent.half-life-days</c>.</summary>
    public Dictionary<string, double> Of(EvaluationFit fit)
    {
        AddRecipe(recipe.Options, fit.Recipe, "");
        for (int b = 0; b < fit.Baselines.Count; b++)
            AddFigures(options.Baselines[b], fit.Baselines[b].Models[0], $"baselines.{options.Baselines[b].Name}");
        foreach (var other in fit.Compared)
            AddRecipe(other.Maker.Recipe.Options, other.Trained, $"{other.Maker.Name}.");
        return _found;
    }

    void AddRecipe(RecipeOptions picked, TrainedRecipe trained, string prefix)
    {
        for (int s = 0; s < trained.Models.Count; s++)
        {
            var (choice, model) = (picked.Scorers[s], trained.Models[s]);
            if (choice.Weight is null)
                _found[$"{prefix}blend.{model.Name}"] = model.Weight;
            AddFigures(choice, model, $"{prefix}scorers.{model.Name}");
        }
    }

    void AddFigures(ScorerChoice choice, TrainedScorer model, string prefix)
    {
        if (choice.Variants.Count > 1)
            foreach (var (name, figure) in model.State.Figures)
                _found[$"{prefix}.{name}"] = figure;
    }
}
