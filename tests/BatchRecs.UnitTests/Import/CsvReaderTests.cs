using System.Text;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Import;
using FsCheck;
using FsCheck.Fluent;

namespace BatchRecs.UnitTests.Import;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\nc,d\n", "a|b/c|d")]
    [InlineData("a,b\r\nc,d", "a|b/c|d")]
    [InlineData("\ufeffa,b\n", "a|b")]
    [InlineData("\"a,b\",\"c\"\"d\"\n", "a,b|c\"d")]
    [InlineData("\"two\nlines\",\"and\r\nthree\"\n", "two\nlines|and\r\nthree")]
    [InlineData("a,,\"\"\n", "a|NULL|")]
    [InlineData(",\n", "NULL|NULL")]
    [InlineData("a\"b,c\rd\n", "a\"b|c\rd")]
    [InlineData("a\n\nb\n", "a/NULL/b")]
    [InlineData("ä,😀", "ä|😀")]
    [InlineData("", "")]
    public void Rows_and_fields_are_found(string csv, string expected) => Assert.Equal(expected, Describe(Read(csv)));

    [Theory]
    [InlineData("a\nb,\"open\n", "f.csv, line 2: a quote is opened and never closed.")]
    [InlineData("\"a\"b\n", "f.csv, line 1: found text after a closing quote")]
    public void Broken_quotes_are_refused_with_their_line(string csv, string message) =>
        Assert.StartsWith(message, Assert.Throws<InputDataException>(() => Read(csv)).Message);

    [Fact]
    public void Whatever_is_written_by_the_rules_is_read_back()
    {
        var field = Gen.Elements('a', '"', ',', '\n', '\r', ' ', 'ö').ArrayOf().Select(letters => new string(letters));
        var rows = field.NonEmptyListOf().ListOf();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(rows.ToArbitrary(), written =>
        {
            string csv = string.Concat(
                written.Select(row => string.Join(',', row.Select(text => $"\"{text.Replace("\"", "\"\"")}\"")) + "\r\n"));
            return Describe(Read(csv)) == string.Join('/', written.Select(row => string.Join('|', row)));
        }));
    }

    static string Describe(List<string[]> rows) => string.Join('/', rows.Select(row => string.Join('|', row)));

    static List<string[]> Read(string csv)
    {
        var reader = new CsvReader(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "f.csv");
        var rows = new List<string[]>();
        while (reader.Next())
            rows.Add(
                [.. Enumerable.Range(0, reader.FieldCount).Select(n => reader.IsNull(n) ? "NULL" : Encoding.UTF8.GetString(reader[n]))]);
        return rows;
    }
}
