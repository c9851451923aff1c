using BatchRecs.Pipeline.Yaml;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Checks what the keys of a prune job say together.</summary>
static class PruneChecks
{
    /// <summary>Checks a definition whose keys are right one by one.</summary>
    public static void Check(PruneJob job, KeyProblems problems)
    {
        if (job.Releases is null && job.Artifacts is null && job.Ledger is null)
            problems.Add("", "found nothing to prune; expected at least one of the sections releases, artifacts and ledger.");
        if (job.Releases is { Keep: null, MaxAge: null })
            problems.Add("releases", "found no limit; expected keep, maxAge or both.");
        if (job.Artifacts is { MaxAge: null, MaxSize: null })
            problems.Add("artifacts", "found no limit; expected maxAge, maxSize or both.");
    }
}
