using BatchRecs.Core.ReRanking;
using BatchRecs.Pipeline.Catalogs;

namespace BatchRecs.UnitTests.ReRanking;

/// <summary>What every re-ranker of the catalog must do, with its default options.</summary>
public sealed class ReRankerContractTests
{
    static readonly ReRankingData World = SomeItems.Draw(7);

    public static TheoryData<string> Names => [.. ReRankers.All.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_list_keeps_its_candidates_each_once(string name)
    {
        var reRanker = Open(name);
        for (int user = 0; user < 30; user++)
            foreach (int count in new[] { 1, 5, 20, 40, 60 })
            {
                var (items, scores) = SomeItems.DrawList(1, user, 40);

                int[] ordered = SomeItems.Order(reRanker, items, count, user, scores);

                Assert.Equal(items.Order(), ordered.Order());
            }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Empty_and_very_short_lists_are_fine(string name)
    {
        var reRanker = Open(name);

        Assert.Empty(SomeItems.Order(reRanker, []));
        Assert.Equal([17], SomeItems.Order(reRanker, [17], scores: [0.5f]));
        Assert.Equal([3, 17], SomeItems.Order(reRanker, [17, 3], count: 5).Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_list_comes_out_the_same_from_any_number_of_threads(string name)
    {
        var shared = Open(name);
        int[][] expected = [.. Enumerable.Range(0, 30).Select(user => Draw(Open(name), user))];
        int[][] found = new int[30][];

        Parallel.For(0, 30, new ParallelOptions { MaxDegreeOfParallelism = 7 }, user => found[user] = Draw(shared, user));

        Assert.Equal(expected, found);

        static int[] Draw(IReRanker reRanker, int user)
        {
            var (items, scores) = SomeItems.DrawList(2, user, 50);
            return SomeItems.Order(reRanker, items, 20, user, scores);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Items_of_which_nothing_is_known_keep_their_order(string name)
    {
        var data = SomeItems.Data([.. Enumerable.Repeat("", 20)], [[0], [1]]);
        var reRanker = ReRankers.All.Create(Default(name))(data);

        Assert.Equal([9, 2, 12, 5, 7], SomeItems.Order(reRanker, [9, 2, 12, 5, 7], count: 4));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Candidates_that_are_alike_in_everything_keep_their_order(string name)
    {
        float[][] same = [.. Enumerable.Range(0, 20).Select(_ => (float[])[1, 2])];
        var data = SomeItems.Data([.. Enumerable.Repeat("a", 20)], [[0], [1]], same);
        var reRanker = ReRankers.All.Create(Default(name))(data);

        Assert.Equal([4, 5, 8, 11], SomeItems.Order(reRanker, [4, 5, 8, 11], count: 3, scores: [1, 1, 1, 1]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_longer_list_begins_with_the_shorter_one(string name)
    {
        var reRanker = Open(name);
        for (int user = 0; user < 30; user++)
        {
            var (items, scores) = SomeItems.DrawList(3, user, 40);

            int[] shorter = SomeItems.Order(reRanker, items, 12, user, scores);
            int[] longer = SomeItems.Order(reRanker, items, 25, user, scores);

            Assert.Equal(shorter[..12], longer[..12]);
        }
    }

    static IReRanker Open(string name) => ReRankers.All.Create(Default(name))(World);

    static Choice<OpenReRanker> Default(string name) => new(name, Activator.CreateInstance(ReRankers.All.OptionsOf(name)!)!);
}
