using BatchRecs.Pipeline.Yaml;

namespace BatchRecs.UnitTests.Yaml;

public sealed class YamlEditTests
{
    [Theory]
    [InlineData("a: 1 # one\nb: 2\n", "a", "9", "a: 9 # one\nb: 2\n")]
    [InlineData("a: '1' # one\n", "a", "9", "a: 9 # one\n")]
    [InlineData("a:\n  b: 1   # one\n  c: 2\n", "a.c", "9", "a:\n  b: 1   # one\n  c: 9\n")]
    [InlineData("a: { b: 1, c: 2 } # two\n", "a.b", "9", "a: { b: 9, c: 2 } # two\n")]
    [InlineData("{ \"a\": { \"b\": 1 } }", "a.b", "9", "{ \"a\": { \"b\": 9 } }")]
    public void A_value_is_replaced_and_comments_stay(string text, string path, string value, string expected) =>
        Assert.Equal(expected, Set(text, path, value));

    [Theory]
    [InlineData("a: { b: 1 }\n", "a.c", "a: { c: 9, b: 1 }\n")]
    [InlineData("a: {}\n", "a.c", "a: { c: 9 }\n")]
    [InlineData("a:\n  # the first\n  b: 1\n", "a.c", "a:\n  # the first\n  c: 9\n  b: 1\n")]
    [InlineData("# top\na: 1\n", "x", "# top\na: 1\n\nx: 9\n")]
    [InlineData("a: 1", "x.y.z", "a: 1\n\nx: { y: { z: 9 } }\n")]
    [InlineData("{ a: 1 }", "x", "{ x: 9, a: 1 }")]
    public void A_key_that_is_not_there_is_added_with_those_above_it(string text, string path, string expected) =>
        Assert.Equal(expected, Set(text, path, "9"));

    [Theory]
    [InlineData("a:\n  als:\n  b: 1\n", "a.als.c", "a:\n  als: { c: 9 }\n  b: 1\n")]
    [InlineData("a: { als: , b: 1 }\n", "a.als.c", "a: { als: { c: 9 } , b: 1 }\n")]
    [InlineData("a: ~\n", "a.c", "a: { c: 9 }\n")]
    [InlineData("a: # later\nb: 1\n", "a.c", "a: { c: 9 } # later\nb: 1\n")]
    public void A_key_with_no_value_gets_one(string text, string path, string expected) => Assert.Equal(expected, Set(text, path, "9"));

    [Fact]
    public void Values_in_lists_and_windows_line_ends_do_not_shift_the_place()
    {
        string text = "list: [ { a: 1 }, b ]\r\nlines:\r\n  - { a: 2 }\r\n  - c\r\nä: \"ö\"\r\na: 3\r\n";

        Assert.Equal(text.Replace("a: 3", "a: 9"), YamlEdit.Set(text, "9", "a"));
    }

    [Fact]
    public void A_key_that_is_no_plain_word_is_quoted() =>
        Assert.Equal("events: { \"add: cart\": { weight: 9 }, view: {} }\n", YamlEdit.Set(
            "events: { view: {} }\n", "9", "events", "add: cart", "weight"));

    [Theory]
    [InlineData("a", true)]
    [InlineData("a.b", true)]
    [InlineData("a.c", false)]
    [InlineData("c.b", false)]
    public void It_is_known_what_a_text_has(string path, bool expected) =>
        Assert.Equal(expected, YamlEdit.Has("a: { b: 1 }\n", path.Split('.')));

    static string Set(string text, string path, string value) => YamlEdit.Set(text, value, path.Split('.'));
}
