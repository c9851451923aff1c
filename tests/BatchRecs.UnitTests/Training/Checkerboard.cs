using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Training;

/// <summary>
/// A world with a known answer: eight users and eight items; even users take even items, odd users odd ones, each all but the item of
/// its own number. Item 7 was taken last, item 0 first. Item 8 and user 8 only occur in an event of an unknown type.
/// </summary>
static class Checkerboard
{
    public const int Users = 9;
    public const int Items = 9;

    public static readonly WeighingOptions Weighing = new() { Events = [new EventWeight("view")] };

    public static readonly TrainingData Data = MakeData();

    public static readonly int[] AllUsers = [.. Enumerable.Range(0, Users)];

    /// <summary>Gets the items that each user took.</summary>
    public static int[][] Taken { get; } =
        [.. AllUsers.Select(u => Enumerable.Range(0, 8).Where(i => u < 8 && i % 2 == u % 2 && i != u).ToArray())];

    static TrainingData MakeData()
    {
        var events = new SomeEvents(Users, Items, "error", "view").Add(8, 8, "error");
        for (int user = 0; user < 8; user++)
            for (int item = user % 2; item < 8; item += 2)
                if (item != user)
                    events.Add(user, item, ageDays: 8 - item);
        var snapshot = events.ToSnapshot();
        return new TrainingData(snapshot, Weigher.Weigh(snapshot, Weighing));
    }
}
