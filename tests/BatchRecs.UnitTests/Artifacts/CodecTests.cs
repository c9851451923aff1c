using BatchRecs.Core.Data;
using BatchRecs.Core.ReRanking;
using BatchRecs.Core.Weighing;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Extract;

namespace BatchRecs.UnitTests.Artifacts;

public sealed class CodecTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2024, 6, 1, 5, 0, 0, TimeSpan.Zero);

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Kinds => ["smallint", "bigint", "uuid", "text"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_extract_comes_back_bit_for_bit(string kind)
    {
        var extract = Extract(Ids(kind));

        var read = RoundTrip(writer => ExtractArtifact.Write(writer, extract), ExtractArtifact.Read);

        Assert.Equal(extract.Hashes, read.Hashes);
        Assert.Equal(extract.Hashes, ExtractHashes.Of(read.Snapshot, read.Items, read.Exclusions, read.Rules));
        Assert.Equal(extract.Snapshot.Users.Kind, read.Snapshot.Users.Kind);
        Assert.Equal(extract.Snapshot.DataUntil, read.Snapshot.DataUntil);
        Assert.Equal(3, read.Items.RowsWithoutEvents);
        Assert.Equal(4, read.Exclusions.UnknownRows);
        Assert.Equal(CanonicalJson.Of(extract.Report), CanonicalJson.Of(read.Report));
        Assert.Equal(2, read.Report.BadRows);
        Assert.Equal(extract.Rules.Rows, read.Rules.Rows);
        Assert.Equal(extract.Rules.Members, read.Rules.Members);
        Assert.Equal(5, read.Rules.UnknownRows);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Stored_events_come_back_bit_for_bit(string kind)
    {
        var source = new StoredSource
        {
            Shape = "here: bigint, text",
            Watermark = 1_717_200_000_000_000,
            Cut = long.MinValue + 1,
            Reasons = ["value is not a finite number"],
            UnknownTypes = ["odd", "(null)"],
            Users = [0, StoredSource.BadRow, StoredSource.UnknownType],
            Items = [1, 0, 1],
            Types = [1, 0, 0],
            Values = [float.NaN, 0, 0],
            Times = [0, 1, long.MaxValue],
            Keys = [UInt128.MaxValue, 7, UInt128.One << 64],
        };
        var stored = new StoredEvents
        {
            Users = Ids(kind),
            Items = Ids(kind),
            Until = 12,
            FullAt = -3,
            EventTypes = ["cart", "view"],
            Sources =
            [
                source,
                source with { Watermark = null, Cut = null, Users = [], Items = [], Types = [], Values = [], Times = [], Keys = [] },
            ],
        };

        var read = RoundTrip(writer => StoredEventsArtifact.Write(writer, stored), StoredEventsArtifact.Read);

        Assert.Equal(stored.Users.Kind, read.Users.Kind);
        Assert.Equal(stored.Users.ToText(1), read.Users.ToText(1));
        Assert.Equal(source.Keys, read.Sources[0].Keys);
        Assert.Equal(CanonicalJson.Of(stored.Sources.Select(Rest)), CanonicalJson.Of(read.Sources.Select(Rest)));
        Assert.Equal((12, -3), (read.Until, read.FullAt));
        Assert.Equal(["cart", "view"], read.EventTypes);

        static object Rest(StoredSource source) => source with { Keys = [] };
    }

    [Fact]
    public void Exclusions_without_an_item_query_come_back_without_flags()
    {
        var extract = Extract(Ids("text")) with { Exclusions = ExclusionLists.None(2) };

        Assert.Null(RoundTrip(writer => ExtractArtifact.Write(writer, extract), ExtractArtifact.Read).Exclusions.Ineligible);
    }

    [Fact]
    public void Groups_of_users_come_back_and_are_part_of_the_hashes()
    {
        var plain = Extract(Ids("text"));
        var segments = new UserSegments(["DE", "NL"], [1, -1]);
        var hashes = ExtractHashes.Of(plain.Snapshot, plain.Items, plain.Exclusions, plain.Rules, segments);

        var read = RoundTrip(
            writer => ExtractArtifact.Write(writer, plain with { Segments = segments, Hashes = hashes }), ExtractArtifact.Read);

        Assert.Equal(["DE", "NL"], read.Segments!.Names);
        Assert.Equal([1, -1], read.Segments.OfUser);
        Assert.Equal(hashes, ExtractHashes.Of(read.Snapshot, read.Items, read.Exclusions, read.Rules, read.Segments));
        Assert.NotEqual(hashes, plain.Hashes);
        Assert.Null(RoundTrip(writer => ExtractArtifact.Write(writer, plain), ExtractArtifact.Read).Segments);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Weighted_interactions_come_back(bool targets)
    {
        var weighted = new WeightedInteractions
        {
            UserItems = new SparseMatrix(2, 3, [0, 1, 3], [2, 0, 1], [0.5f, 1f, 1.5f], targets ? [0f, 1f, 1.5f] : null),
            DistinctUsers = [1, 1, 1],
            Popularity = [0.1, 0.2, 1e-300],
            Propensities = [0.01, 0.5, 1],
            LeftOut = new Dictionary<string, long> { ["below minimum value"] = 12 },
            EffectiveSampleSize = 2.5714285714285716,
        };

        var read = RoundTrip(writer => WeightedArtifact.Write(writer, weighted), WeightedArtifact.Read);

        Assert.Equal((2, 3), (read.UserItems.RowCount, read.UserItems.ColumnCount));
        Assert.Equal(weighted.UserItems.RowPtr, read.UserItems.RowPtr);
        Assert.Equal(weighted.UserItems.ColIndex, read.UserItems.ColIndex);
        Assert.Equal(weighted.UserItems.Weights, read.UserItems.Weights);
        Assert.Equal(weighted.UserItems.Targets, read.UserItems.Targets);
        Assert.Equal(weighted.DistinctUsers, read.DistinctUsers);
        Assert.Equal(weighted.Popularity, read.Popularity);
        Assert.Equal(weighted.Propensities, read.Propensities);
        Assert.Equal(weighted.LeftOut, read.LeftOut);
        Assert.Equal(weighted.EffectiveSampleSize, read.EffectiveSampleSize);
    }

    [Fact]
    public void Models_of_several_scorers_share_an_artifact()
    {
        var als = new ModelState
        {
            Arrays = new Dictionary<string, ModelArray>
            {
                ["user-factors"] = new(new float[] { 1, 2, 3, 4, 5, 6 }, 3, 2),
                ["loss"] = new(new double[] { 0.5 }, 1),
                ["offsets"] = new(new long[] { 1L << 40 }, 1),
            },
            Figures = new Dictionary<string, double> { ["final loss"] = double.NaN },
        };
        var recent = new ModelState { Arrays = new Dictionary<string, ModelArray> { ["order"] = new(new int[] { 2, 0, 1 }, 3) } };

        var (first, second) = RoundTrip(
            writer =>
            {
                ModelArtifact.Write(writer, "als", als);
                ModelArtifact.Write(writer, "recent", recent);
            },
            reader => (ModelArtifact.Read(reader, "als"), ModelArtifact.Read(reader, "recent")));

        Assert.Equal([1, 2, 3, 4, 5, 6], first.Get<float>("user-factors"));
        Assert.Equal((3, 2), (first.Arrays["user-factors"].Rows, first.Arrays["user-factors"].Columns));
        Assert.Equal([0.5], first.Get<double>("loss"));
        Assert.Equal([1L << 40], first.Get<long>("offsets"));
        Assert.Equal(double.NaN, first.Figures["final loss"]);
        Assert.Equal([2, 0, 1], second.Get<int>("order"));
        Assert.Empty(second.Figures);
    }

    static IdMap Ids(string kind) => kind switch
    {
        "smallint" => new IntegerIdMap(IdKind.Int16, [-3, 12]),
        "bigint" => new IntegerIdMap(IdKind.Int64, [long.MinValue, long.MaxValue]),
        "uuid" => new UuidIdMap([Guid.Parse("00000001-0203-0405-0607-08090a0b0c0d"), Guid.Parse("ff000000-0000-0000-0000-000000000000")]),
        _ => new TextIdMap(["00'7\"\n", "😀"]),
    };

    static ExtractedData Extract(IdMap ids)
    {
        var snapshot = new Snapshot
        {
            Users = ids,
            Items = ids,
            EventTypes = ["cart", "view"],
            DataUntil = 1_717_200_000_000_000,
            Interactions = new Interactions
            {
                Users = [0, 1],
                Items = [1, 0],
                Types = [1, 0],
                Values = [float.NaN, 2.5f],
                Times = [0, 1_717_200_000_000_000],
            },
        };
        var items = new ItemCatalog
        {
            Titles = [null, "Ünicode, \"quoted\""],
            CategoryNames = ["Crime", "Drama"],
            CategoryRowPtr = [0, 0, 2],
            CategoryIndex = [0, 1],
            RowsWithoutEvents = 3,
        };
        var exclusions = ExclusionLists.Of(2, 2, new HashSet<int> { 1 }, new HashSet<(int, int)> { (1, 0) }, unknownRows: 4);
        var rules = new RuleData
        {
            Rows = [new RuleRow(1, 0, RuleAction.Pin, 3, 1), new RuleRow(2, 1, RuleAction.Bury, 0.5, -1)],
            SegmentNames = ["none", "club"],
            Members = [[], [0]],
            UnknownRows = 5,
        };
        return new ExtractedData(snapshot, items, exclusions, Report(), ExtractHashes.Of(snapshot, items, exclusions, rules))
        {
            Rules = rules,
        };
    }

    static ExtractReport Report() => new()
    {
        Sources =
        [
            new SourceReport
            {
                Label = "sources[0] (public.ratings)",
                RowsRead = 5,
                Kept = 2,
                Outside = 0,
                Bad = new Dictionary<string, long> { [BadReasons.UserNull] = 2 },
                UnknownTypes = new Dictionary<string, long> { ["scroll"] = 1 },
                FirstBad = [new BadRow("sources[0] (public.ratings)", BadReasons.UserNull, "user_id", "a", "2024-01-01")],
            },
        ],
        Oldest = 0,
        Newest = 1_717_200_000_000_000,
        Elapsed = TimeSpan.FromSeconds(1.5),
    };

    T RoundTrip<T>(Action<ArtifactWriter> write, Func<ArtifactReader, T> read)
    {
        var store = new ArtifactStore(_folder.Path);
        using (var writer = store.Begin("movies", "stage", "key"))
        {
            write(writer);
            writer.Complete(Now);
        }
        return read(store.Open("movies", "stage", "key", out _)!);
    }
}
