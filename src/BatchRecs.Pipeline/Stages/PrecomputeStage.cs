using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using BatchRecs.Core.Allocating;
using BatchRecs.Core.Data;
using BatchRecs.Core.Guarding;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.ReRanking;
using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Releases;

namespace BatchRecs.Pipeline.Stages;

/// <summary>A release that is complete but that readers do not see yet.</summary>
/// <param name="Recommender">Name of its recommender.</param>
/// <param name="ReleaseId">Its id.</param>
/// <param name="Figures">What was counted while it was built.</param>
/// <param name="Counts">Its rows.</param>
public sealed record BuiltRelease(string Recommender, long ReleaseId, ReleaseFigures Figures, ReleaseCounts Counts);

/// <summary>What precompute works from.</summary>
/// <param name="Extracted">Events, titles, exclusions.</param>
/// <param name="Data">The same events with their weights.</param>
/// <param name="Trained">The fitted scorers.</param>
/// <param name="Start">What the release is made from, for the ledger of releases.</param>
public sealed record PrecomputeInputs(ExtractedData Extracted, TrainingData Data, TrainedRecipe Trained, ReleaseStart Start);

/// <summary>Makes the lists of a new release and loads them, block by block, while readers still have the old one.</summary>
public sealed class PrecomputeStage(ReleaseStore releases, TimeProvider clock)
{
    /// <summary>Users per block: some ten megabytes of rows on their way to the store.</summary>
    const int BlockUsers = 2_048;

    /// <summary>Runs the stage.</summary>
    public async Task<StageOutput<BuiltRelease>> RunAsync(
        PrecomputePlan plan, Recipe recipe, PrecomputeInputs inputs, IProgress<StageProgress>? progress, CancellationToken token)
    {
        var snapshot = inputs.Extracted.Snapshot;
        await releases.EnsureRecommenderAsync(plan.Spec(snapshot.Users.Kind, snapshot.Items.Kind), token);
        await releases.DropOrphansAsync(plan.Recommender, token);

        var tally = new ReleaseTally(snapshot.Items.Count, plan.Count, plan.Depth);
        await using var writer = await releases.BeginAsync(
            plan.Recommender, inputs.Start, snapshot.Users, snapshot.Items, clock.GetUtcNow(), token);
        var (order, steps) = await WriteListsAsync(writer, plan, recipe, inputs, tally, progress, token);
        await WriteSimilarAsync(writer, plan, recipe, inputs, token);
        await writer.WritePopularAsync(await Task.Run(() => Popular(plan, recipe, inputs), token).WaitAsync(token), token);
        await writer.WriteItemsAsync(Items(inputs.Data.Weighted, tally.Exposure), token);
        var facts = CatalogueFacts.Of(snapshot, inputs.Data.Weighted.DistinctUsers);
        var figures = tally.Figures(inputs.Extracted.Exclusions.Ineligible, facts) with { Order = order, Allocation = steps };
        var counts = await writer.CompleteAsync(JsonSerializer.Serialize(figures, JsonSerializerOptions.Web), token);

        long rows = counts.Recommendations + counts.Again + counts.Similar + counts.Popular + counts.Items + counts.Explored;
        return new StageOutput<BuiltRelease>(
            new BuiltRelease(plan.Recommender, writer.ReleaseId, figures, counts), rows, "rows", string.Create(
            CultureInfo.InvariantCulture,
            $"release {writer.ReleaseId}: lists of {counts.Users:N0} users, coverage@{figures.Depth} {figures.Coverage:P1}"
                + $"{Note(order)}{Notes(steps)}"));
    }

    static string Note(OrderFigures? order)
    {
        if (order is null)
            return "";
        string note = string.Create(
            CultureInfo.InvariantCulture, $", re-ranked: diversity@10 {order.DiversityBefore:0.000} -> {order.Diversity:0.000}");
        if (order.Miscalibration is { } miscalibration)
            note += string.Create(
                CultureInfo.InvariantCulture, $", miscalibration@10 {order.MiscalibrationBefore:0.000} -> {miscalibration:0.000}");
        return order.RelaxedRanks == 0
            ? note
            : string.Create(CultureInfo.InvariantCulture, $"{note}, caps relaxed at {order.RelaxedRanks:N0} ranks");
    }

    static string Notes(IReadOnlyList<AllocationStep>? steps) =>
        steps is null ? "" : string.Concat(steps.Select(step => $"; {step.Allocator}: {step.Outcome.Note}"));

    /// <summary>
    /// Makes and loads the lists: block by block, or where allocators look at all lists together in three passes (make, allocate, load).
    /// </summary>
    /// <returns>What re-rankers and rules changed, and what the allocators did; null without any.</returns>
    static async Task<(OrderFigures? Order, IReadOnlyList<AllocationStep>? Steps)> WriteListsAsync(
        ReleaseWriter writer, PrecomputePlan plan, Recipe recipe, PrecomputeInputs inputs, ReleaseTally tally,
        IProgress<StageProgress>? progress, CancellationToken token)
    {
        var snapshot = inputs.Extracted.Snapshot;
        int[] users = ActiveUsers.Of(snapshot, plan.Active);
        // Parts of these look at no token; whoever cancels does not wait for them.
        var (lists, main, again) = await Task.Run(() => Makers(plan, recipe, inputs), token).WaitAsync(token);
        var forbidden = inputs.Extracted.Exclusions.ToExclusions();
        var (all, steps) = lists is null ? (null, null) : await Task.Run(() => Allocated(lists, users, token), token).WaitAsync(token);

        int done = 0;
        await foreach (var (block, rows) in BlocksAsync(MakeRows, users, token))
        {
            tally.AddMain(rows, block.Length);
            await writer.WriteRecommendationsAsync(ReleaseTable.Main, rows, token);
            if (again is not null)
                await writer.WriteRecommendationsAsync(ReleaseTable.Again, again.Rows(block, forbidden, plan.AgainCount), token);
            done += block.Length;
            progress?.Report(new StageProgress(done, users.Length, "users"));
        }
        if (all is { Explored.Count: > 0 } && recipe.Options.Allocation?.Exploration is { } exploration)
            await writer.WriteExplorationAsync(all.Explored, exploration.Policy, token);
        return (main.Order, steps);

        RecommendationBatch MakeRows(int first, int[] block, CancellationToken stop) =>
            all is null ? main.Build(block, stop) : main.Rows(all, first, block.Length, stop);
    }

    static (AllocatedLists? All, MainLists Main, AgainList? Again) Makers(PrecomputePlan plan, Recipe recipe, PrecomputeInputs inputs)
    {
        var snapshot = inputs.Extracted.Snapshot;
        var lists = recipe.Open(inputs.Trained, inputs.Data, inputs.Extracted.Rules);
        var exclusions = SeenItems.Build(snapshot, recipe.Options.Seen, inputs.Extracted.Exclusions);
        return (
            recipe.Options.Allocation is null ? null : new AllocatedLists(recipe.Options, lists, snapshot, exclusions),
            new MainLists(lists, exclusions, plan.Count, plan.Reasons, recipe.Options.Threads),
            plan.Again is not { } again ? null : new AgainList(
                snapshot, again.HalfLife, again.EventTypes, recipe.Signs(snapshot)));
    }

    static (ListSet All, IReadOnlyList<AllocationStep> Steps) Allocated(AllocatedLists lists, int[] users, CancellationToken token)
    {
        var all = lists.Gather(users, token);
        return (all, lists.Allocate(all, token));
    }

    /// <summary>Makes the lists block by block; while one block is being loaded the next is being made.</summary>
    static async IAsyncEnumerable<(int[] Users, RecommendationBatch Rows)> BlocksAsync(
        Func<int, int[], CancellationToken, RecommendationBatch> make, int[] users, [EnumeratorCancellation] CancellationToken token)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(token);
        int[][] blocks = [.. users.Chunk(BlockUsers)];
        Task<RecommendationBatch>? next = null;
        try
        {
            for (int b = 0; b < blocks.Length; b++)
            {
                var rows = await (next ?? Start(b));
                next = b + 1 < blocks.Length ? Start(b + 1) : null;
                yield return (blocks[b], rows);
            }
        }
        finally
        {
            // Loading failed: the block in the making is not wanted any more.
            await ending.CancelAsync();
            if (next is not null)
                await Task.WhenAny(next);
        }

        Task<RecommendationBatch> Start(int b) => Task.Run(() => make(b * BlockUsers, blocks[b], ending.Token), ending.Token);
    }

    static async Task WriteSimilarAsync(
        ReleaseWriter writer, PrecomputePlan plan, Recipe recipe, PrecomputeInputs inputs, CancellationToken token)
    {
        var model = inputs.Trained.Models.FirstOrDefault(model => model.State.Arrays.ContainsKey(AlsScorer.ItemFactors));
        if (model is null || plan.SimilarCount == 0)
            return;
        var stored = model.State.Arrays[AlsScorer.ItemFactors];
        float[] factors = Eligible((float[])stored.Elements, stored.Columns, inputs.Extracted.Exclusions.Ineligible);
        var rows = await Task.Run(
            () => SimilarItems.FromFactors(factors, stored.Columns, plan.SimilarCount, model.Name, recipe.Options.Threads, token),
            token);
        await writer.WriteSimilarAsync(rows, token);
    }

    /// <summary>Clears the factors of items that nobody may get: without factors an item is similar to nothing.</summary>
    static float[] Eligible(float[] factors, int columns, bool[]? ineligible)
    {
        if (ineligible is null)
            return factors;
        float[] cleared = [.. factors];
        for (int item = 0; item < ineligible.Length; item++)
            if (ineligible[item])
                cleared.AsSpan(item * columns, columns).Clear();
        return cleared;
    }

    static List<PopularItem> Popular(PrecomputePlan plan, Recipe recipe, PrecomputeInputs inputs) =>
        plan.Popular.Build(inputs.Extracted, recipe.Options.Weighing, inputs.Data.Weighted.Popularity);

    static ItemStatistics[] Items(WeightedInteractions weighted, Exposure exposure) =>
        [.. weighted.DistinctUsers.Select((users, item) => new ItemStatistics(
            item, users, weighted.Popularity[item], weighted.Propensities[item], exposure.Counts[item]))];
}
