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
    readonly List<PersonalVector> _vectors = [];
    readonly Dictionary<string, string> _titles = [];

    /// <summary>
    /// Reads every extract on disk, the rows that are kept for the next one and, where the job is known, the models that were fitted.
    /// </summary>
    /// <returns>Events as often as that artifact has them that has them most often, vectors, and titles of all items.</returns>
    public async Task<(List<PersonalEvent> Events, List<PersonalVector> Models, Dictionary<string, string> Titles)> ReadAsync(
        string userId, CancellationToken token)
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
            await AddVectorsAsync(extract, user);
        }
        // Whoever has opted out is in no extract, and an extract may be gone while the rows for the next one are kept.
        foreach (string key in artifacts.KeysOf(held.Name, StoredEventsArtifact.Stage))
            if (artifacts.Open(held.Name, StoredEventsArtifact.Stage, key, out _) is { } reader)
                AddEvents(StoredEventsArtifact.Read(reader), userId);
        var events = _events.SelectMany(entry => Enumerable.Repeat(entry.Key, entry.Value)).OrderBy(one => one.At);
        return ([.. events], _vectors, _titles);
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
        var rows = Enumerable.Range(0, events.Count).Where(n => events.Users[n] == user).Select(n => new PersonalEvent(
            snapshot.Items.ToText(events.Items[n]),
            snapshot.EventTypes[events.Types[n]],
            float.IsNaN(events.Values[n]) ? null : events.Values[n],
            Micros.ToTime(events.Times[n])));
        Count(rows);
    }

    void AddEvents(StoredEvents stored, string userId)
    {
        if (!stored.Users.TryFind(userId, out int user))
            return;
        string[] types = held.Job is { } job ? [.. job.Job.Events.Keys.Order(StringComparer.Ordinal)] : [];
        Count(stored.Sources.SelectMany(rows => Enumerable.Range(0, rows.Users.Length).Where(n => rows.Users[n] == user).Select(
            n => new PersonalEvent(
                stored.Items.ToText(rows.Items[n]),
                rows.Types[n] < types.Length ? types[rows.Types[n]] : $"type {rows.Types[n]}",
                float.IsNaN(rows.Values[n]) ? null : rows.Values[n],
                Micros.ToTime(rows.Times[n])))));
    }

    void Count(IEnumerable<PersonalEvent> rows)
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
