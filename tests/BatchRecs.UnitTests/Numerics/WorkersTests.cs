using BatchRecs.Core.Numerics;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Numerics;

public sealed class WorkersTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 4)]
    [InlineData(100, 1)]
    [InlineData(100, 7)]
    public void Every_unit_runs_exactly_once(int units, int threads)
    {
        int[] runs = new int[units];

        Workers.Run(units, threads, () => 0, (unit, _) => Interlocked.Increment(ref runs[unit]), CancellationToken.None);

        Assert.All(runs, count => Assert.Equal(1, count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Cancelling_ends_the_work_before_the_next_unit(int threads)
    {
        using var source = new CancellationTokenSource();
        int runs = 0;

        Assert.ThrowsAny<OperationCanceledException>(() => Workers.Run(1000, threads, () => 0, (_, _) =>
        {
            Interlocked.Increment(ref runs);
            source.Cancel();
        }, source.Token));

        Assert.InRange(runs, 1, threads);
    }

    [Fact]
    public void Units_cover_every_row_once_and_the_costliest_comes_first()
    {
        var matrix = SomeMatrix.Random(3000, 200, 0.2, 1);

        var units = RowUnits.Of(matrix, 64);

        Assert.True(units.Length > 2);
        Assert.Equal(Enumerable.Range(0, 3000), units.SelectMany(unit => Enumerable.Range(unit.From, unit.To - unit.From)).Order());
        long[] entries = [.. units.Select(unit => matrix.RowPtr[unit.To] - matrix.RowPtr[unit.From])];
        Assert.True(entries[0] >= entries[^1]);
    }
}
