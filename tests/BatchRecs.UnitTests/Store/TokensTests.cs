using BatchRecs.Store;
using BatchRecs.Store.Sql;

namespace BatchRecs.UnitTests.Store;

public sealed class TokensTests
{
    [Fact]
    public void Tokens_become_the_given_identifiers_and_other_braces_stay()
    {
        var tokens = new Tokens().With("table", "\"a\".\"b\"").With("view", "\"{table}\"");

        Assert.Equal("select '{}' from \"a\".\"b\", \"{table}\"", tokens.Expand("select '{}' from {table}, {view}"));
    }

    [Fact]
    public void A_token_that_nothing_was_given_for_is_an_error()
    {
        var error = Assert.Throws<ArgumentException>(() => new Tokens().Expand("drop table {table}"));

        Assert.StartsWith(
            "The statement has a token {table} that nothing was given for:\ndrop table {table}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stock", "\"stock\"")]
    [InlineData("public.stock", "\"public\".\"stock\"")]
    [InlineData("Stock Now", "\"Stock Now\"")]
    [InlineData("x\"; drop table y; --", "\"x\"\"; drop table y; --\"")]
    public void Names_are_quoted_part_by_part(string name, string quoted) => Assert.Equal(quoted, Database.QuoteQualified(name));
}
