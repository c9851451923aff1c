using BatchRecs.Core.Guarding;

namespace BatchRecs.UnitTests.Guarding;

public sealed class GuardVerdictTests
{
    static readonly GuardRule Passed = new("minUsers", 10, 1, true, "");
    static readonly GuardRule Broken = new("input.rows", 10, 20, false, "");
    static readonly GuardRule NotFinite = new("finiteScores", 1, 0, false, "");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_verdict_without_a_broken_rule_allows_everybody(bool overridden) =>
        Assert.True(new GuardVerdict([Passed]).Allows(overridden));

    [Fact]
    public void A_broken_rule_allows_only_a_person() => Assert.Equal(
        (false, true), (new GuardVerdict([Passed, Broken]).Allows(false), new GuardVerdict([Passed, Broken]).Allows(true)));

    [Fact]
    public void Scores_that_are_no_numbers_allow_nobody() => Assert.False(new GuardVerdict([Broken, NotFinite]).Allows(true));
}
