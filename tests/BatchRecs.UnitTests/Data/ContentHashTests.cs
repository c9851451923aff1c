using BatchRecs.Core.Data;
using BatchRecs.Core.ReRanking;

namespace BatchRecs.UnitTests.Data;

public sealed class ContentHashTests
{
    [Fact]
    public void The_hash_of_a_snapshot_does_not_change_with_the_program()
    {
        // Worked out by hand: lengths as 64-bit little endian, then bytes, part by part.
        Assert.Equal(
            "fa81dab9f50d76272e19b017363227bda60011e628d25c74c81afdc32edcb748",
            ContentHash.Of(Snapshot(new IntegerIdMap(IdKind.Int32, [7]))));
    }

    [Fact]
    public void The_width_of_integers_does_not_count_but_their_kind_does()
    {
        string hash = ContentHash.Of(Snapshot(new IntegerIdMap(IdKind.Int32, [7])));

        Assert.Equal(hash, ContentHash.Of(Snapshot(new IntegerIdMap(IdKind.Int64, [7]))));
        Assert.NotEqual(hash, ContentHash.Of(Snapshot(new TextIdMap(["7"]))));
    }

    [Fact]
    public void Every_part_of_a_snapshot_counts()
    {
        var snapshot = Snapshot(new TextIdMap(["u"]));
        Snapshot[] others =
        [
            snapshot with { Users = new TextIdMap(["v"]) },
            snapshot with { Items = new TextIdMap(["j"]) },
            snapshot with { EventTypes = ["other"] },
            snapshot with { Interactions = With(value: 2) },
            snapshot with { Interactions = With(time: 2) },
            snapshot with { Interactions = With(type: 1) },
        ];

        Assert.Equal(others.Length + 1, others.Append(snapshot).Select(ContentHash.Of).Distinct().Count());
    }

    [Fact]
    public void A_missing_title_is_not_an_empty_one_and_texts_do_not_run_together()
    {
        string?[][] titles = [[null, "ab"], ["", "ab"], ["a", "b"], ["ab", ""]];

        Assert.Equal(
            titles.Length, titles.Select(title => ContentHash.Of(ItemCatalog.Empty(2) with { Titles = title })).Distinct().Count());
    }

    [Fact]
    public void Exclusions_of_items_and_of_pairs_are_different()
    {
        var pairs = new HashSet<(int, int)> { (0, 1) };
        ExclusionLists[] lists =
        [
            ExclusionLists.None(2),
            ExclusionLists.Of(2, 2, items: null, pairs, unknownRows: 0),
            ExclusionLists.Of(2, 2, new HashSet<int> { 1 }, new HashSet<(int, int)>(), unknownRows: 0),
        ];

        Assert.Equal(3, lists.Select(ContentHash.Of).Distinct().Count());
        Assert.Equal(ContentHash.Of(lists[0]), ContentHash.Of(lists[0] with { UnknownRows = 9 }));
    }

    [Fact]
    public void Every_part_of_what_rules_asked_for_counts()
    {
        var row = new RuleRow(1, 2, RuleAction.Pin, 3, 0);
        var data = new RuleData { Rows = [row], SegmentNames = ["a", "b"], Members = [[1], [2]] };
        RuleData[] others =
        [
            .. new[]
            {
                row with { Rule = 0 }, row with { Item = 0 }, row with { Action = RuleAction.Boost }, row with { Value = 4 },
                row with { Segment = 1 },
            }.Select(other => data with { Rows = [other] }),
            data with { SegmentNames = ["a", "c"] },
            data with { Members = [[1, 2], []] },
        ];

        Assert.Equal(others.Length + 1, others.Append(data).Select(ContentHash.Of).Distinct().Count());
        Assert.Equal(ContentHash.Of(data), ContentHash.Of(data with { UnknownRows = 9 }));
    }

    static Snapshot Snapshot(IdMap users) => new()
    {
        Users = users,
        Items = new TextIdMap(["i"]),
        EventTypes = ["buy", "view"],
        Interactions = With(),
        DataUntil = 1,
    };

    static Interactions With(byte type = 0, float value = 1, long time = 1) =>
        new() { Users = [0], Items = [0], Types = [type], Values = [value], Times = [time] };
}
