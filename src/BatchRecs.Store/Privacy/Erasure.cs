namespace BatchRecs.Store.Privacy;

/// <summary>The receipt of one erasure. It names nobody and holds nothing from which anybody can be found.</summary>
/// <param name="Receipt">Its random id.</param>
/// <param name="Recommender">The recommender that forgot the user.</param>
/// <param name="At">When.</param>
/// <param name="RequestedBy">Who asked: a login and a machine, or a job file.</param>
/// <param name="Counts">What was removed where.</param>
public sealed record Erasure(string Receipt, string Recommender, DateTimeOffset At, string RequestedBy, ErasedCounts Counts);

/// <summary>What an erasure removed, place by place.</summary>
/// <param name="Releases">The releases that had rows of the user, or that could not be cleaned.</param>
/// <param name="QuarantinedRows">Rejected rows of the user.</param>
/// <param name="Artifacts">Artifacts of the recommender, all of which were removed.</param>
/// <param name="Compacted">True = the store has also given back the space of the removed rows.</param>
public sealed record ErasedCounts(IReadOnlyList<ErasedRelease> Releases, long QuarantinedRows, int Artifacts, bool Compacted);

/// <summary>What an erasure did to one release.</summary>
/// <param name="ReleaseId">The release.</param>
/// <param name="Rows">Rows of lists that were removed.</param>
/// <param name="Blocked">True = it could not be cleaned; nobody can roll back to it, and the next run removes it altogether.</param>
public sealed record ErasedRelease(long ReleaseId, long Rows, bool Blocked);
