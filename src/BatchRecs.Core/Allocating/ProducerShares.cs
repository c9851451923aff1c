using System.ComponentModel.DataAnnotations;
using System.Globalization;
using BatchRecs.Core.Evaluation;

namespace BatchRecs.Core.Allocating;

/// <summary>Options of the allocator <c>producers</c>.</summary>
public sealed record ProducerOptions
{
    /// <summary>Gets how the categories begin that name producers, such as <c>brand:</c>; null = every category is one.</summary>
    public string? Prefix { get; init; }

    /// <summary>Gets f: how far exposure moves from what people like (0) to the share of the catalogue (1).</summary>
    /// <value>The default is 0.2.</value>
    [Range(0.0, 1.0)]
    public double Fairness { get; init; } = 0.2;

    /// <summary>Gets how many ranks count.</summary>
    /// <value>The default is 10.</value>
    [Range(1, 1000)]
    public int Depth { get; init; } = 10;
}

/// <summary>The allocator <c>producers</c>: exposure goes to producers partly by what people like, partly by their catalogue.</summary>
/// <remarks>
/// Exposure of producer g: E_g = Σ disc(rank) over its items within the depth, disc(rank) = 1 / log₂(rank + 1). Its target share is
/// (1 − f) · (its share of the exposure in the lists as they are) + f · (its share of the eligible items). The lists fill their ranks in
/// rounds; a producer that has its target is passed over, unless a list has nothing else. Items without a producer are never passed over.
/// </remarks>
public sealed class ProducerShares(ProducerOptions options) : IAllocator
{
    /// <summary>Candidates per counted rank: with fewer, lists find nothing but what is to be passed over.</summary>
    const int CandidatesPerRank = 10;

    /// <inheritdoc/>
    public int Reach => options.Depth * CandidatesPerRank;

    /// <inheritdoc/>
    public AllocationOutcome Allocate(ListSet lists, AllocationContext context, CancellationToken token)
    {
        int depth = Math.Min(options.Depth, lists.Count);
        int[] producers = Producers(context);
        double[] before = Exposure(lists, producers, context, depth);
        double total = before.Sum();
        double[] targets = Targets(before, producers, context);
        var rounds = new CappedRounds(
            lists, depth, new ProducerBudget(producers, [.. targets.Select(share => share * total)], depth), mayOverrun: true);
        rounds.Run(token);
        double[] after = Exposure(lists, producers, context, depth);
        double apartBefore = Apart(before, targets), apartAfter = Apart(after, targets);
        return new AllocationOutcome(
            string.Create(
                CultureInfo.InvariantCulture,
                $"exposure of producers {apartBefore:P1} → {apartAfter:P1} away from its aim, {rounds.ChangedLists:N0} lists changed"),
            new Dictionary<string, double>
            {
                ["producers"] = targets.Count(share => share > 0),
                ["awayBefore"] = apartBefore,
                ["awayAfter"] = apartAfter,
                ["changedLists"] = rounds.ChangedLists,
                ["overruns"] = rounds.Overruns,
            });
    }

    /// <summary>Returns the producer of each item: its first category with the prefix, or −1.</summary>
    int[] Producers(AllocationContext context)
    {
        int[] producers = new int[context.ItemCount];
        Array.Fill(producers, -1);
        if (context.Catalog is { } catalog)
            for (int item = 0; item < producers.Length; item++)
                foreach (int category in catalog.CategoriesOf(item))
                    if (producers[item] < 0 && catalog.CategoryNames[category].StartsWith(options.Prefix ?? "", StringComparison.Ordinal))
                        producers[item] = category;
        return producers;
    }

    double[] Targets(double[] exposure, int[] producers, AllocationContext context)
    {
        double[] items = new double[exposure.Length];
        for (int item = 0; item < producers.Length; item++)
            if (producers[item] >= 0 && !context.Exclusions.IsIneligible(item))
                items[producers[item]]++;
        return [.. Shares(exposure).Zip(Shares(items), (liked, listed) => ((1 - options.Fairness) * liked) + (options.Fairness * listed))];
    }

    static double[] Exposure(ListSet lists, int[] producers, AllocationContext context, int depth)
    {
        var discounts = new Discounts(depth);
        double[] exposure = new double[context.Catalog?.CategoryNames.Length ?? 0];
        for (int n = 0; n < lists.Users.Length; n++)
        {
            var items = lists.First(n, depth);
            for (int k = 0; k < items.Length; k++)
                if (producers[items[k]] >= 0)
                    exposure[producers[items[k]]] += discounts.At(k + 1);
        }
        return exposure;
    }

    /// <summary>Returns the part of the exposure that would have to change hands: half the sum of what the shares are off.</summary>
    static double Apart(double[] exposure, double[] targets) =>
        Shares(exposure).Zip(targets, (share, target) => Math.Abs(share - target)).Sum() / 2;

    static double[] Shares(double[] values)
    {
        double total = values.Sum();
        return total > 0 ? Array.ConvertAll(values, value => value / total) : values;
    }

    /// <summary>The items of a producer are gone once it has its exposure.</summary>
    sealed class ProducerBudget(int[] producers, double[] budgets, int depth) : IItemBudget
    {
        readonly Discounts _discounts = new(depth);
        readonly double[] _spent = new double[budgets.Length];

        public bool IsGone(int item) => producers[item] >= 0 && _spent[producers[item]] >= budgets[producers[item]];

        public void Take(int item, int rank)
        {
            if (producers[item] >= 0)
                _spent[producers[item]] += _discounts.At(rank);
        }
    }
}
