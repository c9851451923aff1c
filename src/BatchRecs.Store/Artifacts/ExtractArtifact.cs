using System.Text.Json;
using BatchRecs.Core.Data;
using BatchRecs.Core.ReRanking;
using BatchRecs.Store.Extract;

namespace BatchRecs.Store.Artifacts;

/// <summary>All that the stage extract found.</summary>
/// <param name="Snapshot">The events.</param>
/// <param name="Items">Titles and categories.</param>
/// <param name="Exclusions">What may not be recommended.</param>
/// <param name="Report">What came of the rows.</param>
/// <param name="Hashes">Content hashes, which the keys of later stages are made of.</param>
public sealed record ExtractedData(
    Snapshot Snapshot, ItemCatalog Items, ExclusionLists Exclusions, ExtractReport Report, ExtractHashes Hashes)
{
    /// <summary>Gets the events, with the catalog at hand: what cuts them cuts it too.</summary>
    public Snapshot Snapshot { get; } = Snapshot with { Catalog = Items };

    /// <summary>Gets what rules asked for.</summary>
    public RuleData Rules { get; init; } = RuleData.None;

    /// <summary>Gets the groups of users that are measured apart; null where the job names none.</summary>
    public UserSegments? Segments { get; init; }
}

/// <summary>Content hashes of an extract: equal hashes mean equal data, from whichever store and whenever it was read.</summary>
/// <param name="Snapshot">Hash of the events and ids.</param>
/// <param name="Items">Hash of titles and categories.</param>
/// <param name="Exclusions">Hash of the exclusions.</param>
/// <param name="Rules">Hash of what rules asked for.</param>
/// <param name="Segments">Hash of the groups of users; null where there are none.</param>
public sealed record ExtractHashes(string Snapshot, string Items, string Exclusions, string Rules, string? Segments = null)
{
    /// <summary>Hashes the parts of an extract.</summary>
    public static ExtractHashes Of(
        Snapshot snapshot, ItemCatalog items, ExclusionLists exclusions, RuleData rules, UserSegments? segments = null) => new(
        ContentHash.Of(snapshot),
        ContentHash.Of(items),
        ContentHash.Of(exclusions),
        ContentHash.Of(rules),
        segments is null ? null : ContentHash.Of(segments));
}

/// <summary>Keeps an extract as an artifact: columns as arrays, everything else as JSON.</summary>
public static class ExtractArtifact
{
    /// <summary>Writes the files; the caller completes the artifact with <c>extract.Snapshot.DataUntil</c>.</summary>
    public static void Write(ArtifactWriter writer, ExtractedData extract)
    {
        var (snapshot, items, exclusions) = (extract.Snapshot, extract.Items, extract.Exclusions);
        IdMapFiles.Write(writer, "users", snapshot.Users);
        IdMapFiles.Write(writer, "items", snapshot.Items);
        var events = snapshot.Interactions;
        writer.WriteArray<int>("event-users", events.Users);
        writer.WriteArray<int>("event-items", events.Items);
        writer.WriteArray<byte>("event-types", events.Types);
        writer.WriteArray<float>("event-values", events.Values);
        writer.WriteArray<long>("event-times", events.Times);
        writer.WriteTexts("titles", items.Titles);
        writer.WriteTexts("categories", items.CategoryNames);
        writer.WriteArray<int>("item-category-offsets", items.CategoryRowPtr);
        writer.WriteArray<int>("item-categories", items.CategoryIndex);
        writer.WriteArray<int>("excluded-offsets", exclusions.RowPtr);
        writer.WriteArray<int>("excluded-items", exclusions.ItemIndex);
        if (exclusions.Ineligible is not null)
            writer.WriteArray<bool>("ineligible", exclusions.Ineligible);
        RuleFiles.Write(writer, extract.Rules);
        if (extract.Segments is { } segments)
        {
            writer.WriteTexts("user-segment-names", segments.Names);
            writer.WriteArray<int>("user-segments", segments.OfUser);
        }
        writer.WriteJson("extract", new Facts(
            snapshot.Users.Kind,
            snapshot.Items.Kind,
            snapshot.EventTypes,
            snapshot.DataUntil,
            items.RowsWithoutEvents,
            items.LongCategories,
            exclusions.UnknownRows,
            extract.Report,
            extract.Hashes));
    }

    /// <summary>Reads the extract.</summary>
    /// <exception cref="InvalidDataException">A file does not hold what this version writes.</exception>
    /// <exception cref="JsonException">A file does not hold what this version writes.</exception>
    public static ExtractedData Read(ArtifactReader reader)
    {
        var facts = reader.ReadJson<Facts>("extract");
        var snapshot = new Snapshot
        {
            Users = IdMapFiles.Read(reader, "users", facts.UserKind),
            Items = IdMapFiles.Read(reader, "items", facts.ItemKind),
            EventTypes = facts.EventTypes,
            DataUntil = facts.DataUntil,
            Interactions = new Interactions
            {
                Users = reader.ReadArray<int>("event-users"),
                Items = reader.ReadArray<int>("event-items"),
                Types = reader.ReadArray<byte>("event-types"),
                Values = reader.ReadArray<float>("event-values"),
                Times = reader.ReadArray<long>("event-times"),
            },
        };
        var items = new ItemCatalog
        {
            Titles = reader.ReadTexts("titles"),
            CategoryNames = [.. reader.ReadTexts("categories").Select(name => name ?? "")],
            CategoryRowPtr = reader.ReadArray<int>("item-category-offsets"),
            CategoryIndex = reader.ReadArray<int>("item-categories"),
            RowsWithoutEvents = facts.ItemRowsWithoutEvents,
            LongCategories = facts.LongCategories,
        };
        var exclusions = new ExclusionLists
        {
            RowPtr = reader.ReadArray<int>("excluded-offsets"),
            ItemIndex = reader.ReadArray<int>("excluded-items"),
            Ineligible = reader.HasArray("ineligible") ? reader.ReadArray<bool>("ineligible") : null,
            UnknownRows = facts.UnknownExclusions,
        };
        return new ExtractedData(snapshot, items, exclusions, facts.Report, facts.Hashes)
        {
            Rules = RuleFiles.Read(reader),
            Segments = reader.HasArray("user-segments")
                ? new UserSegments(
                    [.. reader.ReadTexts("user-segment-names").Select(name => name ?? "")], reader.ReadArray<int>("user-segments"))
                : null,
        };
    }

    /// <summary>Returns the sizes of the newest extract of a recommender; null if there is none that can be read.</summary>
    public static (long Events, long Users, long Items)? NewestSizes(ArtifactStore artifacts, string recommender)
    {
        try
        {
            return artifacts.Newest(recommender, "extract") is { } reader
                ? (reader.ReadLength("event-times"), Ids(reader, "users"), Ids(reader, "items"))
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }

        static long Ids(ArtifactReader reader, string name) =>
            reader.HasArray(name + "-offsets") ? reader.ReadLength(name + "-offsets") - 1 : reader.ReadLength(name);
    }

    sealed record Facts(
        IdKind UserKind,
        IdKind ItemKind,
        IReadOnlyList<string> EventTypes,
        long DataUntil,
        long ItemRowsWithoutEvents,
        long LongCategories,
        long UnknownExclusions,
        ExtractReport Report,
        ExtractHashes Hashes);
}
