using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.UnitTests.Definitions;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("1kB", 1_000)]
    [InlineData("500MB", 500_000_000)]
    [InlineData("1.5GB", 1_500_000_000)]
    [InlineData("2TB", 2_000_000_000_000)]
    public void A_size_is_a_number_and_a_unit(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out var size));
        Assert.Equal(bytes, size.Bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GB")]
    [InlineData("20")]
    [InlineData("0GB")]
    [InlineData("-1GB")]
    [InlineData("1 GB")]
    [InlineData("1gb")]
    [InlineData("1GiB")]
    [InlineData("NaNGB")]
    [InlineData("99999999999TB")]
    public void Anything_else_is_none(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(999, "999 bytes")]
    [InlineData(1_000, "1kB")]
    [InlineData(1_234_567, "1.23MB")]
    [InlineData(20_000_000_000, "20GB")]
    public void A_size_is_written_in_the_largest_unit_that_fits(long bytes, string text) =>
        Assert.Equal(text, new ByteSize(bytes).ToString());
}
