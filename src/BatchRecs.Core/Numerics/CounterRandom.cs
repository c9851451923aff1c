namespace BatchRecs.Core.Numerics;

/// <summary>Random numbers that are a function of (seed, row, k), not a sequence: any thread can draw any of them in any order.</summary>
/// <remarks>SplitMix64 (Steele, Lea, Flood 2014) as a hash of the three numbers; normal variates by Box and Muller.</remarks>
public static class CounterRandom
{
    const ulong Increment = 0x9E3779B97F4A7C15;

    /// <summary>Returns 64 random bits.</summary>
    /// <param name="seed">Seed of the stream.</param>
    /// <param name="row">First counter: a row of a matrix, a replicate, a user.</param>
    /// <param name="k">Second counter.</param>
    public static ulong Bits(ulong seed, long row, long k) => Mix(Mix(Mix(seed) + (ulong)row) + (ulong)k);

    /// <summary>Returns a uniform variate in [0, 1) with 53 random bits.</summary>
    /// <inheritdoc cref="Bits"/>
    public static double Uniform(ulong seed, long row, long k) => (Bits(seed, row, k) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Returns a uniform integer in [0, <paramref name="count"/>).</summary>
    /// <param name="seed">Seed of the stream.</param>
    /// <param name="row">First counter.</param>
    /// <param name="k">Second counter.</param>
    /// <param name="count">Number of values, at least 1.</param>
    /// <remarks>Multiply and shift; the bias of count / 2⁶⁴ is far below what any use here can see.</remarks>
    public static int Index(ulong seed, long row, long k, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return (int)Math.BigMul(Bits(seed, row, k), (ulong)count, out _);
    }

    /// <summary>Returns a standard normal variate.</summary>
    /// <inheritdoc cref="Bits"/>
    public static double Normal(ulong seed, long row, long k)
    {
        // 1 − uniform lies in (0, 1], so the logarithm is finite.
        double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(seed, row, 2 * k)));
        return radius * Math.Cos(2 * Math.PI * Uniform(seed, row, 2 * k + 1));
    }

    /// <summary>The output function of SplitMix64: scatters a counter over 64 bits.</summary>
    internal static ulong Mix(ulong state)
    {
        ulong z = state + Increment;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
