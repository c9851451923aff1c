using BatchRecs.Core.Data;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Data;

/// <summary>A snapshot without some users is the snapshot of a shop in which they never were.</summary>
public sealed class SnapshotWithoutTests
{
    static EventTable Others => new EventTable().Add("bob", "tea", 1).Add("bob", "jam", 2).Add("dan", "tea", 3);

    [Fact]
    public void It_is_the_same_as_if_they_had_never_been_there()
    {
        var snapshot = Others.Add("ann", "tea", 5).Add("ann", "gin", 4).ToSnapshot();

        var without = snapshot.Without([true, false, false]);

        Assert.Equal(ContentHash.Of(Others.ToSnapshot()), ContentHash.Of(without));
        Assert.Equal(["bob", "dan"], without.Users.Texts.ToArray());
        Assert.Equal(["jam", "tea"], without.Items.Texts.ToArray());
        Assert.Equal(3 * EventTable.Day, without.DataUntil);
    }

    [Fact]
    public void Without_nobody_it_stays_as_it_is()
    {
        var snapshot = Others.ToSnapshot();

        Assert.Same(snapshot, snapshot.Without([false, false]));
    }

    [Fact]
    public void Somebody_has_to_be_left() =>
        Assert.Throws<ArgumentException>(() => Others.ToSnapshot().Without([true, true]));
}
