using BatchRecs.Core.Data;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.Training;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Extract;

namespace BatchRecs.Pipeline.Privacy;

/// <summary>Reads what the artifacts of a recommender hold about one person.</summary>
sealed class PersonalArtifacts(ArtifactStore artifacts, HeldRecommender held)
{
    readonly Dictionary<PersonalEvent, int> _events = [];
    readonly SortedSet<string> _segments = new(StringComparer.Ordinal);
    readonly List<PersonalVector> _vectors = [];
    readonly Dictionary<string, string> _titles = [];

    /// <summary>
    /// Reads every extract on disk, the models that were fitted to it where the job is known, and the rows that incremental runs keep.
    /// </summary>
    /// <returns>Events as often as the artifact has them that has them most often, segments, vectors, and titles of all items.</returns>
    public async Task<ArtifactFindings> ReadAsync(string userId, CancellationToken token)
    {
        foreach (string key in artifacts.KeysOf(held.Name, "extract"))
        {
            token.ThrowIfCancellationRequested();
            if (artifacts.Open(held.Name, "extract", key, out _) is not { } reader)
                continue;
            var extract = ExtractArtifact.Read(reader);
            AddTitles(extract);
            if (!extract.Snapshot.Users.TryFind(userId, out int user))
                continue;
            AddEvents(extract.Snapshot, user);
            _segments.UnionWith(extract.Rules.SegmentNames.Where((_, n) => extract.Rules.Members[n].AsSpan().BinarySearch(user) >= 0));
            if (extract.Segments is { } segments && segments.OfUser[user] >= 0)
                _segments.Add(segments.Names[segments.OfUser[user]]);
            await AddVectorsAsync(extract, user);
        }
        foreach (string key in artifacts.KeysOf(held.Name, StoredEventsArtifact.Stage))
        {
            token.ThrowIfCancellationRequested();
            if (artifacts.Open(held.Name, StoredEventsArtifact.Stage, key, out _) is { } reader)
                AddEvents(StoredEventsArtifact.Read(reader), userId);
        }
        var events = _events.SelectMany(entry => Enumerable.Repeat(entry.Key, entry.Value)).OrderBy(one => one.At);
        return new ArtifactFindings([.. events], [.. _segments], _vectors, _titles);
    }

    void AddTitles(ExtractedData extract)
    {
        for (int item = 0; item < extract.Snapshot.Items.Count; item++)
            if (extract.Items.Titles[item] is { } title)
                _titles[extract.Snapshot.Items.ToText(item)] = title;
    }

    void AddEvents(Snapshot snapshot, int user)
    {
        var events = snapshot.Interactions;
        Add(Enumerable.Range(0, events.Count).Where(n => events.Users[n] == user).Select(n => Event(
            snapshot.Items.ToText(events.Items[n]), snapshot.EventTypes[events.Types[n]], events.Values[n], events.Times[n])));
    }

    void AddEvents(StoredEvents stored, string userId)
    {
        if (!stored.Users.TryFind(userId, out int user))
            return;
        Add(stored.Sources.SelectMany(source => Enumerable.Range(0, source.Users.Length)
            .Where(n => source.Users[n] == user)
            .Select(n => Event(
                stored.Items.ToText(source.Items[n]), stored.EventTypes[source.Types[n]], source.Values[n], source.Times[n]))));
    }

    static PersonalEvent Event(string item, string type, float value, long time) =>
        new(item, type, float.IsNaN(value) ? null : value, Micros.ToTime(time));

    void Add(IEnumerable<PersonalEvent> rows)
    {
        foreach (var (one, count) in rows.CountBy(row => row))
            _events[one] = Math.Max(count, _events.GetValueOrDefault(one));
    }

    /// <summary>Models name nobody: row u of an array belongs to user u of the extract that they were fitted to.</summary>
    async Task AddVectorsAsync(ExtractedData extract, int user)
    {
        if (held.Job is null)
            return;
        string key = new StageKeys(held.Job.Job).Train(extract.Hashes);
        if (artifacts.Open(held.Name, "train", key, out _) is not { } reader)
            return;
        var trained = await StageArtifacts.Train(extract.Snapshot.DataUntil).Read(reader);
        foreach (var model in trained!.Models)
            AddVectors(model, extract.Snapshot.Users.Count, user);
    }

    void AddVectors(TrainedScorer model, int userCount, int user)
    {
        foreach (var (name, array) in model.State.Arrays)
            if (name == AlsScorer.UserFactors && array.Rows == userCount && array.Elements is float[] factors)
                _vectors.Add(new PersonalVector(
                    $"{model.Name} {name}",
                    [.. factors.Skip(user * array.Columns).Take(array.Columns).Select(number => (double)number)]));
    }
}

/// <summary>What artifacts hold about one person.</summary>
/// <param name="Events">Events.</param>
/// <param name="Segments">Names of segments of rules and of the segment that is measured apart.</param>
/// <param name="Models">Vectors.</param>
/// <param name="Titles">Titles of all items.</param>
sealed record ArtifactFindings(
    List<PersonalEvent> Events, List<string> Segments, List<PersonalVector> Models, Dictionary<string, string> Titles);
