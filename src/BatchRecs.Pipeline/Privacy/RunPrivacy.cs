using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Privacy;
using BatchRecs.Store.Releases;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline.Privacy;

/// <summary>What a run does for people who asked to be forgotten, before it, during it and however it ends.</summary>
/// <remarks>
/// Somebody may be forgotten at any moment of a run. Whoever is forgotten first notes it in the store and then cleans every built release;
/// the run first builds its release and then looks at the notes. So one of the two sees the other. Artifacts are cleared by
/// whoever forgets, by the run at its end, and by the next run at its start: a file beside them says for which set they hold.
/// </remarks>
sealed class RunPrivacy(
    ProjectContext project, LoadedJob loaded, Database warehouse, Database serving, ILogger logger, TimeProvider clock)
{
    readonly string _recommender = loaded.Job.Recommender;
    readonly ArtifactStore _artifacts = project.OpenArtifacts();
    readonly Erasures _erasures = new(serving, project.OpenArtifacts(), loaded.Job.Recommender);
    string? _marker;

    /// <summary>Gets whom extract leaves out.</summary>
    public ForgottenUsers Forgotten { get; } = new(serving, loaded.Job.Recommender);

    /// <summary>Forgets whom the job's list names, and clears artifacts that may know somebody who was forgotten since.</summary>
    public async Task PrepareAsync(CancellationToken token)
    {
        if (new ExtractPlans(loaded.Job, project.Root).Forget() is { } source)
            await ForgetListedAsync(source, token);
        var set = await Forgotten.LoadAsync(token);
        await _erasures.SweepAsync(set, token);
        _marker = MarkerOf(set);
        try
        {
            if (ReadMarker() == _marker)
                return;
            Clear();
            WriteMarker(_marker);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ResourceException(
                $"What earlier runs left of people who were forgotten since cannot be cleared: {error.Message}. Expected: room and rights in "
                + $"{project.WorkFolder}. Nothing was published; mend that and run again.",
                error);
        }
    }

    /// <summary>Removes users from a release who were forgotten after extract read them.</summary>
    public async Task RemoveLateAsync(long releaseId, IdMap users, CancellationToken token)
    {
        bool[] forgotten = (await Forgotten.LoadAsync(token)).In(users);
        string[] late = [.. Enumerable.Range(0, users.Count).Where(user => forgotten[user]).Select(users.ToText)];
        if (late.Length == 0)
            return;
        await _erasures.RemoveAsync(releaseId, late, token);
        PipelineLog.ForgottenLate(logger, late.Length, releaseId);
    }

    /// <summary>Clears what the run has left of somebody who was forgotten, before it or meanwhile; never fails a run.</summary>
    public async Task FinishAsync()
    {
        try
        {
            var set = await Forgotten.LoadAsync(CancellationToken.None);
            if (_marker is not null && MarkerOf(set) != _marker)
                Clear();
            await _erasures.SweepAsync(set, CancellationToken.None);
        }
        catch (Exception error) when (error is StoreException or IOException or UnauthorizedAccessException)
        {
            // The next run compares again and clears them then.
            PipelineLog.HousekeepingFailed(logger, _recommender, error.Message);
        }
    }

    async Task ForgetListedAsync(ExclusionSource source, CancellationToken token)
    {
        var kind = await UserKindAsync(token);
        IdMap listed;
        await using (var session = await SourceSession.OpenAsync(warehouse, token))
            listed = await ExclusionReader.UsersAsync(session, source, kind, token);
        var set = await Forgotten.LoadAsync(token);
        string[] due = [.. Enumerable.Range(0, listed.Count).Select(listed.ToText).Where(user => !set.IsDone(user))];
        if (due.Length > 0)
            await _erasures.ForgetAsync(
                due, $"{loaded.Path}: {source.Label}", clock.GetUtcNow(), runUnderWay: false, token);
    }

    async Task<IdKind> UserKindAsync(CancellationToken token) =>
        await new ReleaseStore(serving).FindRecommenderAsync(_recommender, token) is { } known
            ? known.UserKind
            : (await IdTypes.OfAsync(loaded.Job, project.Root, warehouse, token)).User;

    void Clear()
    {
        int removed = _artifacts.Clear(_recommender, unfinishedToo: true);
        if (removed > 0)
            PipelineLog.ArtifactsForgotten(logger, _recommender, removed);
    }

    string MarkerFile => Path.Combine(project.WorkFolder, "forgotten", _recommender);

    static string MarkerOf(ForgottenSet set) => set.Count == 0 ? "" : set.Digest;

    string ReadMarker()
    {
        project.Faults?.File?.Invoke("read marker");
        return File.Exists(MarkerFile) ? File.ReadAllText(MarkerFile) : "";
    }

    void WriteMarker(string marker)
    {
        project.Faults?.File?.Invoke("write marker");
        Directory.CreateDirectory(Path.GetDirectoryName(MarkerFile)!);
        File.WriteAllText(MarkerFile, marker);
    }
}
