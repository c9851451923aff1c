using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.Weighing;
using BatchRecs.Pipeline.Stages;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Releases;

namespace BatchRecs.Pipeline.Runs;

/// <summary>How each stage's output lies on disk.</summary>
static class StageArtifacts
{
    public static StageArtifact<ExtractedData> Extract { get; } =
        new(ExtractArtifact.Write, Always(ExtractArtifact.Read), extract => extract.Snapshot.DataUntil);

    /// <summary>The newest event that the evaluated models have learnt from lies before the test period.</summary>
    /// <param name="testFrom">Start of the test period, in microseconds since 1970-01-01 UTC.</param>
    public static StageArtifact<EvaluationReport> Evaluate(long testFrom) => new(
        (writer, report) => writer.WriteJson("report", report),
        Always(reader => reader.ReadJson<EvaluationReport>("report")),
        _ => testFrom - 1);

    public static StageArtifact<WeightedInteractions> Weigh(long dataUntil) =>
        new(WeightedArtifact.Write, Always(WeightedArtifact.Read), _ => dataUntil);

    public static StageArtifact<TrainedRecipe> Train(long dataUntil) => new(
        (writer, trained) =>
        {
            var models = trained.Models.Select(model => new ModelFile(model.Name, model.Variant, model.Weight));
            writer.WriteJson("recipe", new RecipeFile([.. models], trained.Tuning));
            foreach (var model in trained.Models)
                ModelArtifact.Write(writer, model.Name, model.State);
        },
        Always(reader =>
        {
            var recipe = reader.ReadJson<RecipeFile>("recipe");
            return new TrainedRecipe(
                [.. recipe.Models.Select(
                    model => new TrainedScorer(model.Name, model.Variant, model.Weight, ModelArtifact.Read(reader, model.Name)))],
                recipe.Tuning,
                dataUntil);
        }),
        _ => dataUntil);

    /// <summary>
    /// The artifact of precompute names a release; it holds only while that release is there. The views may have been made for another
    /// job definition since, so they are brought up to this one.
    /// </summary>
    public static StageArtifact<BuiltRelease> Precompute(
        ReleaseStore releases, RecommenderSpec spec, long dataUntil, CancellationToken token) => new(
        (writer, release) => writer.WriteJson("release", release),
        async reader =>
        {
            var built = reader.ReadJson<BuiltRelease>("release");
            var found = await releases.GetAsync(built.ReleaseId, token);
            if (found is not { State: ReleaseStates.Built } || found.Key != reader.Manifest.Key)
                return null;
            await releases.EnsureRecommenderAsync(spec, token);
            return built;
        },
        _ => dataUntil);

    static Func<ArtifactReader, Task<T?>> Always<T>(Func<ArtifactReader, T> read) where T : class =>
        reader => Task.FromResult<T?>(read(reader));

    sealed record RecipeFile(IReadOnlyList<ModelFile> Models, TuningReport? Tuning);

    sealed record ModelFile(string Name, int Variant, double Weight);
}
