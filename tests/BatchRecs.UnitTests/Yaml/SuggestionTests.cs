using BatchRecs.Pipeline.Yaml;

namespace BatchRecs.UnitTests.Yaml;

public sealed class SuggestionTests
{
    static readonly string[] Known = ["weight", "halfLife", "at"];

    [Theory]
    [InlineData("weigth", "did you mean 'weight'?")]
    [InlineData("halflife", "did you mean 'halfLife'?")]
    [InlineData("half_life", "did you mean 'halfLife'?")]
    [InlineData("att", "did you mean 'at'?")]
    [InlineData("a", "did you mean 'at'?")]
    public void A_word_that_is_close_is_suggested(string word, string expected) => Assert.Equal(expected, Suggestion.For(word, Known));

    [Theory]
    [InlineData("decay")]
    [InlineData("top")]
    [InlineData("")]
    public void A_word_that_is_far_from_all_gets_the_whole_list(string word) =>
        Assert.Equal("expected one of: weight, halfLife, at.", Suggestion.For(word, Known));

    [Fact]
    public void Where_no_word_is_known_none_is_expected() => Assert.Equal("expected none.", Suggestion.For("weight", []));
}
