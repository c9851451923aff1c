using BatchRecs.Core.ReRanking;

namespace BatchRecs.Store.Artifacts;

/// <summary>What rules asked the warehouse for, as arrays: rows in columns, members of segments in compressed rows.</summary>
static class RuleFiles
{
    /// <summary>Writes the arrays.</summary>
    public static void Write(ArtifactWriter writer, RuleData data)
    {
        writer.WriteArray<int>("rule-numbers", [.. data.Rows.Select(row => row.Rule)]);
        writer.WriteArray<int>("rule-items", [.. data.Rows.Select(row => row.Item)]);
        writer.WriteArray<byte>("rule-actions", [.. data.Rows.Select(row => (byte)row.Action)]);
        writer.WriteArray<double>("rule-values", [.. data.Rows.Select(row => row.Value)]);
        writer.WriteArray<int>("rule-segments", [.. data.Rows.Select(row => row.Segment)]);
        writer.WriteTexts("segments", [.. data.SegmentNames]);
        int[] offsets = new int[data.Members.Count + 1];
        for (int n = 0; n < data.Members.Count; n++)
            offsets[n + 1] = offsets[n] + data.Members[n].Length;
        writer.WriteArray<int>("segment-offsets", offsets);
        writer.WriteArray<int>("segment-users", [.. data.Members.SelectMany(users => users)]);
        writer.WriteArray<long>("rule-unknown-rows", [data.UnknownRows]);
    }

    /// <summary>Reads the arrays.</summary>
    /// <exception cref="InvalidDataException">A file does not hold what this version writes.</exception>
    public static RuleData Read(ArtifactReader reader)
    {
        int[] rules = reader.ReadArray<int>("rule-numbers");
        int[] items = reader.ReadArray<int>("rule-items");
        byte[] actions = reader.ReadArray<byte>("rule-actions");
        double[] values = reader.ReadArray<double>("rule-values");
        int[] segments = reader.ReadArray<int>("rule-segments");
        int[] offsets = reader.ReadArray<int>("segment-offsets");
        int[] users = reader.ReadArray<int>("segment-users");
        return new RuleData
        {
            Rows = [.. rules.Select((rule, n) => new RuleRow(rule, items[n], (RuleAction)actions[n], values[n], segments[n]))],
            SegmentNames = [.. reader.ReadTexts("segments").Select(name => name ?? "")],
            Members = [.. offsets.Skip(1).Select((end, n) => users[offsets[n]..end])],
            UnknownRows = reader.ReadArray<long>("rule-unknown-rows")[0],
        };
    }
}
