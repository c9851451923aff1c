using System.Text.Json;
using BatchRecs.Core.Data;
using BatchRecs.Store.Extract;

namespace BatchRecs.Store.Artifacts;

/// <summary>Keeps the rows that an incremental extract need not read again: columns as arrays, everything else as JSON.</summary>
public static class StoredEventsArtifact
{
    /// <summary>The name of its folder, beside those of the stages.</summary>
    public const string Stage = "events";

    /// <summary>Writes the files; the caller completes the artifact.</summary>
    public static void Write(ArtifactWriter writer, StoredEvents stored)
    {
        IdMapFiles.Write(writer, "users", stored.Users);
        IdMapFiles.Write(writer, "items", stored.Items);
        for (int n = 0; n < stored.Sources.Count; n++)
        {
            var source = stored.Sources[n];
            writer.WriteArray<int>($"source-{n}-users", source.Users);
            writer.WriteArray<int>($"source-{n}-items", source.Items);
            writer.WriteArray<byte>($"source-{n}-types", source.Types);
            writer.WriteArray<float>($"source-{n}-values", source.Values);
            writer.WriteArray<long>($"source-{n}-times", source.Times);
            if (source.Keys.Length == 0)
                continue;
            writer.WriteArray<long>($"source-{n}-keys-high", Array.ConvertAll(source.Keys, key => (long)(ulong)(key >> 64)));
            writer.WriteArray<long>($"source-{n}-keys-low", Array.ConvertAll(source.Keys, key => (long)(ulong)key));
        }
        writer.WriteJson("stored", new Facts(
            stored.Users.Kind,
            stored.Items.Kind,
            stored.Until,
            stored.FullAt,
            stored.EventTypes,
            [.. stored.Sources.Select(
                source => new SourceFacts(source.Shape, source.Watermark, source.Cut, source.Reasons, source.UnknownTypes))]));
    }

    /// <summary>Reads the rows.</summary>
    /// <exception cref="InvalidDataException">A file does not hold what this version writes.</exception>
    /// <exception cref="JsonException">A file does not hold what this version writes.</exception>
    public static StoredEvents Read(ArtifactReader reader)
    {
        var facts = reader.ReadJson<Facts>("stored");
        return new StoredEvents
        {
            Users = IdMapFiles.Read(reader, "users", facts.UserKind),
            Items = IdMapFiles.Read(reader, "items", facts.ItemKind),
            Until = facts.Until,
            FullAt = facts.FullAt,
            EventTypes = facts.EventTypes,
            Sources = [.. facts.Sources.Select((source, n) => new StoredSource
            {
                Shape = source.Shape,
                Watermark = source.Watermark,
                Cut = source.Cut,
                Reasons = source.Reasons,
                UnknownTypes = source.UnknownTypes,
                Users = reader.ReadArray<int>($"source-{n}-users"),
                Items = reader.ReadArray<int>($"source-{n}-items"),
                Types = reader.ReadArray<byte>($"source-{n}-types"),
                Values = reader.ReadArray<float>($"source-{n}-values"),
                Times = reader.ReadArray<long>($"source-{n}-times"),
                Keys = reader.HasArray($"source-{n}-keys-low") ? ReadKeys(reader, n) : [],
            })],
        };
    }

    static UInt128[] ReadKeys(ArtifactReader reader, int n)
    {
        long[] high = reader.ReadArray<long>($"source-{n}-keys-high");
        long[] low = reader.ReadArray<long>($"source-{n}-keys-low");
        return [.. high.Zip(low, (upper, lower) => new UInt128((ulong)upper, (ulong)lower))];
    }

    sealed record Facts(
        IdKind UserKind,
        IdKind ItemKind,
        long Until,
        long FullAt,
        IReadOnlyList<string> EventTypes,
        IReadOnlyList<SourceFacts> Sources);

    sealed record SourceFacts(
        string Shape, long? Watermark, long? Cut, IReadOnlyList<string> Reasons, IReadOnlyList<string> UnknownTypes);
}
