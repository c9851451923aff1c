using BatchRecs.Pipeline;
using BatchRecs.Pipeline.Privacy;
using BatchRecs.Store.Privacy;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Host.Engines;

/// <summary>Forgets people, lets them come back, and tells them what is held.</summary>
sealed class PrivacyEngine(ProjectContext project, ILoggerFactory loggers, TimeProvider clock)
{
    readonly Forgetting _forgetting = new(project, loggers, clock);

    public Task<IReadOnlyList<Erasure>> ForgetAsync(string userId, string? job, CancellationToken token) =>
        _forgetting.ForgetAsync(userId, job, $"{Environment.UserName}@{Environment.MachineName}", token);

    public Task<IReadOnlyList<string>> ReadmitAsync(string userId, string? job, CancellationToken token) =>
        _forgetting.ReadmitAsync(userId, job, token);

    public Task<PersonalData> ExportAsync(string userId, string? job, CancellationToken token) =>
        new PersonalExport(project, loggers, clock).RunAsync(userId, job, token);
}
