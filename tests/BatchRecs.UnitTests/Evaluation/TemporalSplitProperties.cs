using BatchRecs.Core.Data;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Ranking;
using BatchRecs.UnitTests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace BatchRecs.UnitTests.Evaluation;

/// <summary>Laws of the split on random events of up to 8 users and 8 items over 16 days; the test starts at day 8.</summary>
public sealed class TemporalSplitProperties
{
    const long TestFrom = 8 * EventTable.Day;

    static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void Answers_equal_those_of_sets() => Check.One(Cases, Prop.ForAll<uint[], bool>((numbers, repeats) =>
    {
        var (snapshot, rows) = Events(numbers);

        var split = TemporalSplit.At(snapshot, TestFrom);
        var truth = split.Truth(Positive(snapshot), repeats);

        var before = rows.Where(row => row.Day < 8).ToArray();
        var expected = rows
            .Where(row => row.Day >= 8 && row.Value >= 5)
            .Where(row => before.Any(other => other.User == row.User) && before.Any(other => other.Item == row.Item))
            .Where(row => repeats || !before.Any(other => other.User == row.User && other.Item == row.Item))
            .Select(row => (row.User, row.Item))
            .Distinct()
            .Order();
        var actual = Enumerable.Range(0, truth.UserCount).SelectMany(n => truth.Of(n).ToArray().Select(item =>
            (split.Training.Users.ToText(truth.Users[n]), split.Training.Items.ToText(item))));
        return actual.SequenceEqual(expected);
    }));

    [Fact]
    public void No_answer_is_excluded_for_its_user_where_repeats_are_not_allowed() => Check.One(Cases, Prop.ForAll<uint[]>(numbers =>
    {
        var (snapshot, _) = Events(numbers);

        var split = TemporalSplit.At(snapshot, TestFrom);
        var truth = split.Truth(Positive(snapshot), repeats: false);

        var seen = SeenItems.Build(split.Training, new SeenRule());
        return Enumerable.Range(0, truth.UserCount).All(n =>
            !truth.Of(n).ToArray().Intersect(seen.Of(truth.Users[n]).ToArray()).Any());
    }));

    [Fact]
    public void Counts_add_up() => Check.One(Cases, Prop.ForAll<uint[]>(numbers =>
    {
        var (snapshot, rows) = Events(numbers);

        var counts = TemporalSplit.At(snapshot, TestFrom).Truth(Positive(snapshot), repeats: false).Counts;

        int testUsers = rows.Where(row => row.Day >= 8 && row.Value >= 5).Select(row => row.User).Distinct().Count();
        return counts.EvaluatedPairs == counts.KnownPairs - counts.RepeatPairs
            && counts.EvaluatedUsers + counts.SkippedUsers + counts.ColdUsers == testUsers
            && counts.TestPairs - counts.KnownPairs <= counts.ColdUserPairs + counts.ColdItemPairs;
    }));

    [Fact]
    public void A_scrambled_test_period_changes_nothing_in_training() => Check.One(Cases, Prop.ForAll<uint[], uint[]>((numbers, others) =>
    {
        var (whole, rows) = Events(numbers);
        var table = new EventTable();
        foreach (var row in rows.Where(row => row.Day < 8))
            table.Add(row.User, row.Item, row.Day, value: row.Value);
        foreach (uint number in others)
            table.Add($"user {number % 20}", $"item {number % 30}", 8 + (number % 8), value: number % 10);

        var one = TemporalSplit.At(whole, TestFrom).Training;
        var other = TemporalSplit.At(table.ToSnapshot(), TestFrom).Training;

        return one.Users.Texts.SequenceEqual(other.Users.Texts)
            && one.Items.Texts.SequenceEqual(other.Items.Texts)
            && one.Interactions.Users.AsSpan().SequenceEqual(other.Interactions.Users)
            && one.Interactions.Items.AsSpan().SequenceEqual(other.Interactions.Items)
            && one.Interactions.Times.AsSpan().SequenceEqual(other.Interactions.Times)
            && one.Interactions.Values.AsSpan().SequenceEqual(other.Interactions.Values)
            && one.DataUntil == other.DataUntil;
    }));

    static bool[] Positive(Snapshot snapshot) => [.. snapshot.Interactions.Values.Select(value => value >= 5)];

    /// <summary>Makes one event of each number, and one before the test period so that there is something to learn from.</summary>
    static (Snapshot Snapshot, List<(string User, string Item, double Day, float Value)> Rows) Events(uint[] numbers)
    {
        var rows = new List<(string User, string Item, double Day, float Value)> { ("user 0", "item 0", 0, 9) };
        foreach (uint number in numbers)
        {
            uint mixed = number * 2_654_435_761;
            rows.Add(($"user {mixed % 8}", $"item {(mixed >> 8) % 8}", (mixed >> 16) % 16, (mixed >> 24) % 10));
        }

        var table = new EventTable();
        foreach (var (user, item, day, value) in rows)
            table.Add(user, item, day, value: value);
        return (table.ToSnapshot(), rows);
    }
}
