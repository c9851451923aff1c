using BatchRecs.Core.ReRanking;

namespace BatchRecs.Pipeline.Catalogs;

/// <summary>The re-rankers that a job may name; a new one is a line here.</summary>
public static class ReRankers
{
    /// <summary>Gets the names that <c>precompute.rerank</c> in jobs/*.yaml may take, with their options.</summary>
    public static OptionsCatalog<OpenReRanker> All { get; } = new()
    {
        { "mmr", (MmrOptions options) => data => new MmrReRanker(options, data) },
        { "caps", (CategoryCapsOptions options) => data => new CategoryCaps(options, data) },
        { "novelty", (NoveltyOptions options) => data => new NoveltyBoost(options, data) },
        { "xquad", (XquadOptions options) => data => new XquadReRanker(options, data) },
        { "dpp", (DppOptions options) => data => new DppReRanker(options, data) },
        { "calibration", (CalibrationOptions options) => data => new CalibrationReRanker(options, data) },
    };
}
