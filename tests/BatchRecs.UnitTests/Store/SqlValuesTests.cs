using System.Text.RegularExpressions;
using BatchRecs.Store;
using BatchRecs.Store.Migrations;
using BatchRecs.Store.Sql;

namespace BatchRecs.UnitTests.Store;

/// <summary>In SQL files identifiers are tokens and values are parameters; neither stands inside a string.</summary>
public sealed partial class SqlValuesTests
{
    /// <summary>
    /// Files in which a token stands in a string: the names of the two schemas and of the journal, which are plain identifiers by their
    /// own check (<see cref="SchemaNames"/>).
    /// </summary>
    static readonly string[] PlainNames = ["postgres: journal/create", "postgres: journal/find", "sqlite: journal/find"];

    public static TheoryData<string, string> All => SqlFilesTests.All;

    [Fact]
    public void No_token_stands_inside_a_string_but_plain_names()
    {
        var found = new[] { "postgres", "sqlite" }
            .SelectMany(dialect => SqlFiles.Names(dialect).Select(name => (dialect, name)))
            .Where(file => TokenInString().IsMatch(Code(file.dialect, file.name)))
            .Select(file => $"{file.dialect}: {file.name}");

        Assert.Equal(PlainNames, found);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void No_parameter_stands_inside_a_string(string dialect, string name) =>
        Assert.DoesNotMatch(ParameterInString(), Code(dialect, name));

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_executed_as_text_is_built_by_format_only(string dialect, string name)
    {
        foreach (Match executed in Executed().Matches(Code(dialect, name)))
            Assert.StartsWith("format(", executed.Groups[1].Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it's", "'it''s'")]
    [InlineData("'; drop table x; --", "'''; drop table x; --'")]
    [InlineData("{table} @etl", "'{table} @etl'")]
    [InlineData("$$; drop table x; --", @"E'\x24\x24; drop table x; --'")]
    [InlineData(@"\'$", @"E'\\''\x24'")]
    public void A_literal_in_a_script_is_quoted_and_never_expanded_again(string role, string literal)
    {
        var tokens = new Tokens().With("role", Database.Quote("\"; drop role x; -- {role} @role"));

        string text = InlineSql.Of(new Statement("rights/role", tokens, new { role }), "postgres");

        Assert.Contains($"rolname = {literal})", text, StringComparison.Ordinal);
        Assert.Contains("create role \"\"\"; drop role x; -- {role} @role\" nologin;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_names_of_roles_cannot_end_a_block() =>
        Assert.Throws<BatchRecs.Core.Errors.ConfigurationException>(() => new RoleNames("a$$b").Check());

    /// <summary>Comments may say what they like.</summary>
    static string Code(string dialect, string name) => string.Join(
        '\n', SqlFiles.Read(dialect, name).Split('\n').Where(line => !line.TrimStart().StartsWith("--", StringComparison.Ordinal)));

    [GeneratedRegex(@"'[^'\n]*\{[a-zA-Z_]+\}[^'\n]*'")]
    private static partial Regex TokenInString();

    [GeneratedRegex(@"'[^'\n,()]*@[a-zA-Z]+[^'\n,()]*'")]
    private static partial Regex ParameterInString();

    [GeneratedRegex(@"\bexecute\s+(?!function\b)([a-z_']+\(?)")]
    private static partial Regex Executed();
}
