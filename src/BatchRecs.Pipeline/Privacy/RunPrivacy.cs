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
/// Somebody may be forgotten at any moment of a run. Whoever is forgotten first notes it in the store and then cleans every release that
/// is not being built; the run first builds its release and then looks at the notes. So one of the two sees the other. A run that ends
/// before it looked drops its release. Artifacts are cleared by whoever forgets, by the run at its end, and by the next run at its
/// start: a file beside them says for which set they hold.
/// </remarks>
sealed class RunPrivacy(
    ProjectContext project, LoadedJob loaded, Database warehouse, Database serving, RunLease lease, ILogger logger, TimeProvider clock)
{
    readonly string _recommender = loaded.Job.Recommender;
    readonly ArtifactStore _artifacts = project.OpenArtifacts();
    readonly Erasures _erasures = new(serving, project.OpenArtifacts(), loaded.Job.Recommender);
    string? _marker;
    bool _hasLooked;

    /// <summary>Gets whom extract leaves out.</summary>
    public ForgottenUsers Forgotten { get; } = new(serving, loaded.Job.Recommender);

    /// <summary>
    /// Forgets whom the job's list names, and clears what may know somebody who was forgotten since: artifacts, and releases whose run
    /// ended before it looked.
    /// </summary>
    public Task PrepareAsync(CancellationToken token) => serving.Retry.RunAsync(
        "looking for users to forget",
        async () =>
        {
            await TryPrepareAsync(token);
            return 0;
        },
        token);

    async Task TryPrepareAsync(CancellationToken token)
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
            await DropUnpublishedAsync(token);
            Clear();
            WriteMarker(_marker);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ResourceException(
                $"What earlier runs left of people who were forgotten since cannot be cleared: {error.Message}. Expected: room and rights "
                + $"in {project.WorkFolder}. Nothing was published; mend that and run again.",
                error);
        }
    }

    /// <summary>Removes users from a release who were forgotten after extract read them.</summary>
    public Task RemoveLateAsync(long releaseId, IdMap users, CancellationToken token) => serving.Retry.RunAsync(
        $"looking for users who were forgotten before release {releaseId} was complete",
        async () =>
        {
            await TryRemoveLateAsync(releaseId, users, token);
            return _hasLooked = true;
        },
        token);

    async Task TryRemoveLateAsync(long releaseId, IdMap users, CancellationToken token)
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
            if (lease.Loss is not null)
            {
                // The files are another's by now. The next run clears them.
                if (File.Exists(MarkerFile))
                    File.Delete(MarkerFile);
                return;
            }
            var set = await Forgotten.LoadAsync(CancellationToken.None);
            if (_marker is not null && MarkerOf(set) != _marker)
            {
                Clear();
                if (!_hasLooked)
                    await DropUnpublishedAsync(CancellationToken.None);
            }
            await _erasures.SweepAsync(set, CancellationToken.None);
        }
        catch (Exception error) when (error is StoreException or IOException or UnauthorizedAccessException)
        {
            // The next run compares again and clears them then.
            PipelineLog.HousekeepingFailed(logger, _recommender, error.Message);
        }
    }

    /// <summary>
    /// Drops releases that a run left unfinished, or finished and did not come to judge: in these nobody looked for users to leave out.
    /// </summary>
    async Task DropUnpublishedAsync(CancellationToken token)
    {
        var releases = new ReleaseStore(serving, lease.Fence);
        var all = await releases.ListAsync(_recommender, token);
        var left = all.Where(release => release.State != ReleaseStates.Built || release.Standing == ReleaseStates.Built);
        var removed = await releases.RemoveAsync(_recommender, [.. left], token);
        if (removed.Count > 0)
            await _erasures.CompactAsync(token);
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
                due, $"{loaded.Path}: {source.Label}", clock.GetUtcNow(), holdsLock: true, token);
    }

    async Task<IdKind> UserKindAsync(CancellationToken token) =>
        await new ReleaseStore(serving).FindRecommenderAsync(_recommender, token) is { } known
            ? known.UserKind
            : (await IdTypes.OfAsync(loaded.Job, project.Root, warehouse, token)).User;

    void Clear()
    {
        int removed = _artifacts.Clear(_recommender, _artifacts.Unfinished(_recommender));
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
