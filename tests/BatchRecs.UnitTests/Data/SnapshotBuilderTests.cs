using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using FsCheck;
using FsCheck.Fluent;

namespace BatchRecs.UnitTests.Data;

public sealed class SnapshotBuilderTests
{
    [Fact]
    public void Integers_are_ordered_numerically()
    {
        var builder = new SnapshotBuilder(["view"]);
        builder.Users.Declare(IdKind.Int32, "a");
        builder.Items.Declare(IdKind.Int64, "a");
        foreach (long id in new[] { 10L, -3L, 9L })
            builder.Add(builder.Users.Add(id), builder.Items.Add(id * 2), type: 0, value: 1, time: id);

        var snapshot = builder.Build();

        Assert.Equal([-3, 9, 10], snapshot.Users.Integers.ToArray());
        Assert.Equal([-6, 18, 20], snapshot.Items.Integers.ToArray());
        Assert.Equal((IdKind.Int32, IdKind.Int64), (snapshot.Users.Kind, snapshot.Items.Kind));
        Assert.Equal([-3, 9, 10], snapshot.Interactions.Times);
        Assert.Equal(10, snapshot.DataUntil);
    }

    [Fact]
    public void Uuids_are_ordered_by_their_bytes_in_network_order()
    {
        var ids = new IdColumnBuilder("user");
        ids.Declare(IdKind.Uuid, "a");
        // The framework's own order compares the first four bytes as a signed, byte-swapped number.
        foreach (string start in new[] { "ff000000", "00000001", "01000000" })
            ids.Add(Guid.Parse(start + "-0000-0000-0000-000000000000"));

        var (map, indexOfCode) = ids.Build();

        Assert.Equal("00000001-0000-0000-0000-000000000000", map.ToText(0));
        Assert.Equal("ff000000-0000-0000-0000-000000000000", map.ToText(2));
        Assert.Equal([2, 0, 1], indexOfCode);
    }

    [Fact]
    public void Texts_are_ordered_by_their_utf8_bytes()
    {
        var ids = new IdColumnBuilder("user");
        ids.Declare(IdKind.Text, "a");
        foreach (string id in new[] { "\U0001F600", "\uffee", "b", "B", "10", "9", "ab", "a" })
            ids.Add(id);

        Assert.Equal(["10", "9", "B", "a", "ab", "b", "\uffee", "\U0001F600"], ids.Build().Map.Texts.ToArray());
    }

    [Fact]
    public void The_same_id_keeps_its_code()
    {
        var ids = new IdColumnBuilder("item");
        ids.Declare(IdKind.Text, "a");

        Assert.Equal([0, 1, 0], new[] { ids.Add("x"), ids.Add("X"), ids.Add("xy".AsSpan(0, 1)) });
        Assert.Equal(2, ids.Count);
    }

    [Theory]
    [InlineData(IdKind.Int16, IdKind.Int64, IdKind.Int64)]
    [InlineData(IdKind.Int32, IdKind.Int16, IdKind.Int32)]
    [InlineData(IdKind.Text, IdKind.Text, IdKind.Text)]
    public void Kinds_of_several_sources_become_the_widest(IdKind first, IdKind second, IdKind expected)
    {
        var ids = new IdColumnBuilder("user");
        ids.Declare(first, "a");
        ids.Declare(second, "b");

        Assert.Equal(expected, ids.Build().Map.Kind);
    }

    [Theory]
    [InlineData(IdKind.Int16, IdKind.Text, "b: the item ids are text, but those of a are integers.")]
    [InlineData(IdKind.Text, IdKind.Uuid, "b: the item ids are uuids, but those of a are text.")]
    public void Kinds_that_cannot_be_compared_are_refused_naming_both_sources(IdKind first, IdKind second, string message)
    {
        var ids = new IdColumnBuilder("item");
        ids.Declare(first, "a");

        Assert.StartsWith(message, Assert.Throws<InputDataException>(() => ids.Declare(second, "b")).Message);
    }

    [Fact]
    public void Event_types_are_sorted_and_at_most_256()
    {
        Assert.Equal(["Cart", "buy", "view"], new SnapshotBuilder(["view", "buy", "Cart", "view"]).EventTypes);
        Assert.Throws<ConfigurationException>(() => new SnapshotBuilder(Enumerable.Range(0, 257).Select(n => $"type {n}")));
    }

    [Fact]
    public void Every_value_has_one_bit_pattern()
    {
        var builder = new SnapshotBuilder(["view"]);
        builder.Users.Declare(IdKind.Int64, "a");
        builder.Items.Declare(IdKind.Int64, "a");
        builder.Add(builder.Users.Add(1), builder.Items.Add(1), 0, -0f, 1);
        builder.Add(builder.Users.Add(1), builder.Items.Add(1), 0, BitConverter.Int32BitsToSingle(0x7fc12345), 2);

        float[] values = builder.Build().Interactions.Values;

        Assert.Equal([0, BitConverter.SingleToInt32Bits(float.NaN)], values.Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void More_events_than_a_chunk_keep_their_columns_together()
    {
        var builder = new SnapshotBuilder(["view"]);
        builder.Users.Declare(IdKind.Int64, "a");
        builder.Items.Declare(IdKind.Int64, "a");
        const int Count = (3 << 16) + 1;
        for (int n = Count - 1; n >= 0; n--)
            builder.Add(builder.Users.Add(n), builder.Items.Add(2 * n), 0, n, n);

        var events = builder.Build().Interactions;

        Assert.Equal(Enumerable.Range(0, Count), events.Users);
        Assert.Equal(Enumerable.Range(0, Count), events.Items);
        Assert.Equal(Enumerable.Range(0, Count).Select(n => (long)n), events.Times);
    }

    [Fact]
    public void The_order_of_arrival_changes_no_bit()
    {
        var ids = Gen.Elements("", "a", "b", "ä", "7", "07", "\U0001F600");
        var gen = (from user in ids
                   from item in ids
                   from type in Gen.Choose(0, 2)
                   from value in Gen.Elements(float.NaN, 0f, -0f, 1.5f, -2f)
                   from time in Gen.Choose(0, 5)
                   select (user, item, (byte)type, value, (long)time)).ListOf();
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll(gen.ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), (events, turn) =>
            {
                if (events.Count == 0)
                    return true;
                var turned = events.Skip(turn % events.Count).Concat(events.Take(turn % events.Count)).Reverse();
                return Hash(events) == Hash(turned);
            }));
    }

    static string Hash(IEnumerable<(string User, string Item, byte Type, float Value, long Time)> events)
    {
        var builder = new SnapshotBuilder(["a", "b", "c"]);
        builder.Users.Declare(IdKind.Text, "a");
        builder.Items.Declare(IdKind.Text, "a");
        foreach (var (user, item, type, value, time) in events)
            builder.Add(builder.Users.Add(user), builder.Items.Add(item), type, value, time);
        return ContentHash.Of(builder.Build());
    }
}
