using BatchRecs.Core.Allocating;

namespace BatchRecs.Pipeline.Catalogs;

/// <summary>The allocators that a job may name; a new one is a line here.</summary>
public static class Allocators
{
    /// <summary>Gets the names that <c>precompute.allocate</c> in jobs/*.yaml may take, with their options.</summary>
    public static OptionsCatalog<IAllocator> All { get; } = new()
    {
        { "coverage", (CoverageOptions options) => new CoverageAllocator(options) },
        { "producers", (ProducerOptions options) => new ProducerShares(options) },
        { "exposure", (ExposureOptions options) => new ExposureCaps(options) },
    };
}
