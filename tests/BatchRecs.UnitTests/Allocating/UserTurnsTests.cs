using BatchRecs.Core.Allocating;
using BatchRecs.Core.Data;

namespace BatchRecs.UnitTests.Allocating;

public sealed class UserTurnsTests
{
    public static TheoryData<string> Kinds => [nameof(IdKind.Int32), nameof(IdKind.Text), nameof(IdKind.Uuid)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_user_has_a_turn_within_the_days_and_about_as_many_each_day(string kind)
    {
        var users = Ids(Enum.Parse<IdKind>(kind), Enumerable.Range(0, 3_000));

        int[] turns = [.. Enumerable.Range(0, users.Count).Select(user => UserTurns.DaysUntil(users, user, 3, day: 20_000, seed: 1))];

        // 1,000 expected per day, with a standard deviation of 26.
        Assert.All(turns.CountBy(turn => turn), day => Assert.InRange(day.Value, 900, 1_100));
        Assert.Equal([0, 1, 2], turns.Distinct().Order());
    }

    [Fact]
    public void The_next_day_everybody_is_a_day_nearer()
    {
        var users = Ids(IdKind.Int64, Enumerable.Range(0, 100));

        for (int user = 0; user < users.Count; user++)
        {
            int today = UserTurns.DaysUntil(users, user, groups: 4, day: -7, seed: 1);
            Assert.Equal((today + 3) % 4, UserTurns.DaysUntil(users, user, groups: 4, day: -6, seed: 1));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_new_user_moves_nobody_else(string kind)
    {
        var before = Ids(Enum.Parse<IdKind>(kind), Enumerable.Range(10, 50));
        var after = Ids(Enum.Parse<IdKind>(kind), Enumerable.Range(0, 60));

        for (int user = 0; user < before.Count; user++)
        {
            Assert.True(after.TryFind(before.ToText(user), out int moved));
            Assert.Equal(UserTurns.Hash(before, user), UserTurns.Hash(after, moved));
        }
    }

    static IdMap Ids(IdKind kind, IEnumerable<int> numbers) =>
        IdMap.Of(kind, numbers.Select(number => kind == IdKind.Uuid ? $"{number:x8}-0000-4000-8000-0000000000ff" : $"{number}"));
}
