using BatchRecs.Pipeline.Yaml;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Checks what the keys of incremental reading say together.</summary>
/// <param name="job">The complete definition.</param>
/// <param name="problems">Where mistakes are noted.</param>
sealed class IncrementalChecks(RefreshJob job, KeyProblems problems)
{
    /// <summary>Checks everything but files.</summary>
    public void Check()
    {
        for (int n = 0; n < job.Sources.Count; n++)
            if (job.Sources[n].Incremental is { } source)
                Check(source, $"sources[{n}].incremental");
    }

    void Check(SourceIncremental source, string path)
    {
        bool isComplete = source is { Watermark: not null, Key: not null };
        if (!job.Incremental.Enabled)
            problems.Add(path, "the job reads everything every time; expected 'incremental: true' at the top beside it.");
        if (source.Watermark is not null && source.Key is null)
            problems.Add(
                $"{path}.key", "missing; expected a column that identifies a row, because changed rows replace stored ones by it.");
        if (source.Watermark is null && source.Key is not null)
            problems.Add($"{path}.key", "found a key without a watermark; expected both, or neither to follow the time of the event.");
        if (source.Watermark is null && source.Overlap?.Steps is not null)
            problems.Add(
                $"{path}.overlap", $"found '{source.Overlap}'; expected a duration, because the time of the event is the watermark.");
        if (source.Deleted is not null && !isComplete)
            problems.Add($"{path}.deleted", "found deleted rows without a key and a watermark; expected both beside it.");
    }
}
