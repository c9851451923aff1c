using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.Training;

namespace BatchRecs.Pipeline.Stages;

/// <summary>Picks what is tuned and fits the scorers on all data.</summary>
public sealed class TrainStage(Recipe recipe)
{
    /// <summary>Runs the stage.</summary>
    /// <remarks>A cancellation does not wait for steps that look at no token: they end by themselves and their result is dropped.</remarks>
    public Task<StageOutput<TrainedRecipe>> RunAsync(
        TrainingData data, IProgress<StageProgress>? progress, CancellationToken token) => Task.Run(
        () =>
        {
            var trained = recipe.Train(data, progress, token);
            return new StageOutput<TrainedRecipe>(trained, data.Weighted.UserItems.EntryCount, "pairs", Note(trained));
        },
        token).WaitAsync(token);

    string Note(TrainedRecipe trained) => string.Join(" + ", trained.Models.Select((model, s) =>
    {
        string label = recipe.Options.Scorers[s].Variants[model.Variant].Label;
        return string.Create(CultureInfo.InvariantCulture, $"{model.Weight:0.##} {model.Name}{(label.Length == 0 ? "" : $" ({label})")}");
    }));
}
