using BatchRecs.Core.Allocating;

namespace BatchRecs.UnitTests.Definitions;

/// <summary>The list <c>precompute.allocate</c>, whose entries have keys that depend on their name.</summary>
public sealed class AllocateKeysTests : IDisposable
{
    readonly SomeProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Entries_keep_their_order_and_have_their_defaults()
    {
        var allocate = _project.Load(Job("[{ name: exposure, maxShare: 0.3 }, { name: exposure }]")).Job.Precompute.Allocate;

        Assert.Equal(["exposure", "exposure"], allocate.Select(entry => entry.Name));
        Assert.Equal([new ExposureOptions { MaxShare = 0.3 }, new ExposureOptions()], allocate.Select(entry => entry.Options));
    }

    [Fact]
    public void Another_order_is_another_job() => Assert.NotEqual(
        _project.Load(Job("[{ name: exposure, depth: 3 }, { name: exposure }]")).Hash,
        _project.Load(Job("[{ name: exposure }, { name: exposure, depth: 3 }]")).Hash);

    [Theory]
    [InlineData("[{ name: exposures }]", "precompute.allocate[0].name: found 'exposures'; did you mean 'exposure'?")]
    [InlineData("[{ maxShare: 0.1 }]", "precompute.allocate[0].name: missing; expected one of: coverage, producers, exposure.")]
    [InlineData(
        "[exposure]",
        "precompute.allocate[0]: found 'exposure'; expected keys with a name, which is one of: coverage, producers, exposure.")]
    [InlineData("[{ name: exposure, cap: 1 }]", "precompute.allocate[0].cap: unknown key; expected one of: maxShare, depth.")]
    [InlineData(
        "[{ name: exposure, maxShare: 2 }]",
        "precompute.allocate[0].maxShare: found '2'; expected a number from 0.0001 to 1.")]
    [InlineData(
        "[{ name: exposure, depth: 101 }]",
        "precompute.allocate[0].depth: found 101; expected at most precompute.count, 100.")]
    [InlineData(
        "exposure",
        "precompute.allocate: found 'exposure'; "
        + "expected a list whose entries have a name (one of: coverage, producers, exposure) and keys of their own.")]
    [InlineData("[{ name: coverage, slots: 11 }]", "precompute.allocate[0].slots: found 11; expected at most depth, 10.")]
    public void A_mistake_is_named_with_its_place(string allocate, string mistake) =>
        Assert.EndsWith(mistake, Assert.Single(_project.MistakesIn(Job(allocate))), StringComparison.Ordinal);

    [Fact]
    public void Coverage_needs_factors() => Assert.EndsWith(
        "precompute.allocate[0].name: the allocator 'coverage' compares users by factors; expected the scorer als under scorers.",
        Assert.Single(_project.MistakesIn($"{Job("[{ name: coverage }]")}\nscorers: {{ recent: {{}} }}")),
        StringComparison.Ordinal);

    [Fact]
    public void Producers_need_categories() => Assert.EndsWith(
        "precompute.allocate[0].name: the allocator 'producers' takes producers from categories; expected items.columns.categories.",
        Assert.Single(_project.MistakesIn(Job("[{ name: producers }]"))),
        StringComparison.Ordinal);

    static string Job(string allocate) => $"{SomeProject.ShortestJob}\nprecompute: {{ allocate: {allocate} }}";
}
