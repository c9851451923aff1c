using BatchRecs.Core.Allocating;
using BatchRecs.Core.Data;
using BatchRecs.Core.Numerics;
using BatchRecs.Core.Ranking;
using BatchRecs.Pipeline.Catalogs;

namespace BatchRecs.UnitTests.Allocating;

/// <summary>What holds for every allocator of the catalog, with its default options, on lists of all lengths.</summary>
public sealed class AllocatorContractTests
{
    const int Users = 60;
    const int Items = 40;
    const int Factors = 4;
    const int Count = 6;
    const int Capacity = 12;

    public static TheoryData<string> Names => [.. Allocators.All.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Lists_hold_no_item_twice_and_none_that_is_excluded(string name)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var (lists, context) = World(seed);

            Allocate(name, lists, context);

            for (int n = 0; n < Users; n++)
            {
                int[] items = lists.First(n, Capacity).ToArray();
                Assert.Equal(items.Length, items.Distinct().Count());
                Assert.All(items, item => Assert.False(context.Exclusions.IsIneligible(item)));
                Assert.All(items, item => Assert.True(context.Exclusions.Of(n).BinarySearch(item) < 0));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_number_of_threads_changes_nothing(string name)
    {
        var (one, context) = World(seed: 1);
        var (seven, _) = World(seed: 1);

        var outcome = Allocate(name, one, context with { Threads = 1 });
        var other = Allocate(name, seven, context with { Threads = 7 });

        Assert.Equal(outcome.Note, other.Note);
        Assert.Equal(one.Candidates.Lengths, seven.Candidates.Lengths);
        Assert.Equal(one.Candidates.Items, seven.Candidates.Items);
        Assert.Equal(one.Sources, seven.Sources);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nobody_to_make_lists_for_is_no_error(string name)
    {
        var lists = new ListSet([], Count, Capacity, ["als"]);

        Allocate(name, lists, World(seed: 1).Context);

        Assert.Empty(lists.Users);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cancelled_run_ends(string name)
    {
        var (lists, context) = World(seed: 1);

        Assert.ThrowsAny<OperationCanceledException>(() => Make(name).Allocate(lists, context, new CancellationToken(canceled: true)));
    }

    static AllocationOutcome Allocate(string name, ListSet lists, AllocationContext context) =>
        Make(name).Allocate(lists, context, CancellationToken.None);

    static IAllocator Make(string name) => Allocators.All.Create(
        new Choice<IAllocator>(name, Activator.CreateInstance(Allocators.All.OptionsOf(name)!)!));

    /// <summary>Lists by factor scores without what users have seen: most are full, every seventh is short, every eleventh empty.</summary>
    static (ListSet Lists, AllocationContext Context) World(ulong seed)
    {
        float[] users = [.. Enumerable.Range(0, Users * Factors).Select(n => (float)CounterRandom.Normal(seed, 1, n))];
        float[] items = [.. Enumerable.Range(0, Items * Factors).Select(n => (float)CounterRandom.Normal(seed, 2, n))];
        int[][] seen = [.. Enumerable.Range(0, Users).Select(user =>
            Enumerable.Range(0, Items).Where(item => CounterRandom.Index(seed, 3, (user * Items) + item, 5) == 0).ToArray())];
        int[] rowPtr = new int[Users + 1];
        for (int user = 0; user < Users; user++)
            rowPtr[user + 1] = rowPtr[user] + seen[user].Length;
        bool[] ineligible = [.. Enumerable.Range(0, Items).Select(item => item == 7)];
        double Score(int user, int item) =>
            Enumerable.Range(0, Factors).Sum(f => (double)users[(user * Factors) + f] * items[(item * Factors) + f]);
        int[][] lists = [.. Enumerable.Range(0, Users).Select(user => Enumerable.Range(0, Items)
            .Where(item => !ineligible[item] && !seen[user].Contains(item))
            .OrderByDescending(item => Score(user, item))
            .Take(user % 11 == 0 ? 0 : user % 7 == 0 ? 4 : Capacity)
            .ToArray())];
        var catalog = new ItemCatalogBuilder(Items);
        for (int item = 0; item < Items; item++)
            catalog.AddCategory(item, $"brand {item % 5}");
        var exclusions = new Exclusions(rowPtr, [.. seen.SelectMany(row => row)], ineligible);
        var context = SomeLists.Context(Users, Items, exclusions, new FactorScores(users, items, Factors));
        return (SomeLists.Of(Count, lists), context with { Catalog = catalog.Build() });
    }
}
