using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Training;

namespace BatchRecs.Core.Recipes;

/// <summary>All that was fitted for an evaluation: on events before the test period only.</summary>
/// <param name="Split">The cut.</param>
/// <param name="Data">The training part and its weights.</param>
/// <param name="Recipe">The recipe that would be served.</param>
/// <param name="Baselines">The baselines, in the order of the options.</param>
public sealed record EvaluationFit(TemporalSplit Split, TrainingData Data, TrainedRecipe Recipe, IReadOnlyList<TrainedRecipe> Baselines)
{
    /// <summary>Gets what was fitted of the other configurations; those that could not be are in <see cref="NotCompared"/>.</summary>
    public IReadOnlyList<ComparedFit> Compared { get; init; } = [];

    /// <summary>Gets the other configurations that could not be fitted, and why.</summary>
    public IReadOnlyList<NotCompared> NotCompared { get; init; } = [];

    /// <summary>Makes sure that nothing has learnt from the test period.</summary>
    /// <exception cref="LeakException">
    /// Something has: a published model, for example, which is trained on everything and would win on days that it knows already.
    /// </exception>
    public void ThrowIfLeaking()
    {
        Check("The training part", Data.Snapshot.DataUntil);
        Check($"'{RecipeEvaluation.RecipeName}'", Recipe.DataUntil);
        foreach (var baseline in Baselines)
            Check($"The baseline '{baseline.Models[0].Name}'", baseline.DataUntil);
        foreach (var compared in Compared)
            Check($"'{compared.Maker.Name}'", Math.Max(compared.Data.Snapshot.DataUntil, compared.Trained.DataUntil));

        void Check(string what, long dataUntil)
        {
            if (dataUntil >= Split.TestFrom)
                throw new LeakException(
                    $"{what} knows events up to {Time(dataUntil)}; expected only events before the test period, which starts at "
                    + $"{Time(Split.TestFrom)}. Fit the configuration on the events before it: what has seen the test always wins it.");
        }
    }

    static string Time(long micros) => $"{DateTimeOffset.UnixEpoch.AddMicroseconds(micros):u}";
}

/// <summary>Another configuration, fitted on the same cut.</summary>
/// <param name="Maker">The configuration.</param>
/// <param name="Data">The training part with the weights that this configuration gives it.</param>
/// <param name="Trained">What it has learnt.</param>
public sealed record ComparedFit(ComparedRecipe Maker, TrainingData Data, TrainedRecipe Trained);
