namespace BatchRecs.SoakTests.Support;

/// <summary>How long reads took.</summary>
/// <param name="Reads">How many there were.</param>
/// <param name="P50Ms">The median, in milliseconds.</param>
/// <param name="P99Ms">What 99 of 100 stayed below, in milliseconds.</param>
/// <param name="MaxMs">The longest, in milliseconds.</param>
sealed record Latencies(int Reads, double P50Ms, double P99Ms, double MaxMs)
{
    /// <summary>Sums up the times of single reads; nearest rank.</summary>
    public static Latencies Of(IEnumerable<TimeSpan> times)
    {
        double[] sorted = [.. times.Select(time => time.TotalMilliseconds).Order()];
        double At(double share) => Math.Round(sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)], 2);
        return new Latencies(sorted.Length, At(0.5), At(0.99), At(1));
    }

    public override string ToString() => FormattableString.Invariant($"p50 {P50Ms} ms, p99 {P99Ms} ms, longest {MaxMs} ms ({Reads} reads)");
}
