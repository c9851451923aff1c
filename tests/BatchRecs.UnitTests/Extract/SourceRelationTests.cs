using BatchRecs.Core.Errors;
using BatchRecs.Store.Extract;

namespace BatchRecs.UnitTests.Extract;

public sealed class SourceRelationTests
{
    [Theory]
    [InlineData("ratings", "\"ratings\"")]
    [InlineData("public.Ratings", "\"public\".\"Ratings\"")]
    [InlineData("we\"ird", "\"we\"\"ird\"")]
    public void A_table_is_quoted_part_by_part(string name, string expected) =>
        Assert.Equal(expected, SourceRelation.Table(name).FromClause);

    [Theory]
    [InlineData("select 1", "(select 1\n)")]
    [InlineData("select 1;", "(select 1\n)")]
    [InlineData(
        "-- why\n/* and */ WITH a AS (SELECT 1) SELECT * FROM a ; -- end", "(-- why\n/* and */ WITH a AS (SELECT 1) SELECT * FROM a \n)")]
    [InlineData("select ';' as \"a;b\" -- not; here\n", "(select ';' as \"a;b\" -- not; here\n\n)")]
    [InlineData("select 'it''s; fine' /* ; */", "(select 'it''s; fine' /* ; */\n)")]
    [InlineData("select $$a;b$$, $x$;$$;$x$", "(select $$a;b$$, $x$;$$;$x$\n)")]
    [InlineData("select a - b, c / d, e$f from g", "(select a - b, c / d, e$f from g\n)")]
    public void One_select_statement_stands_in_parentheses(string sql, string expected) =>
        Assert.Equal(expected, SourceRelation.Query(sql, "q.sql").FromClause);

    [Theory]
    [InlineData("select 1; select 2", "q.sql: the file holds several statements")]
    [InlineData("select 1; drop table x; --", "q.sql: the file holds several statements")]
    [InlineData("select 'a' ; ;", "q.sql: the file holds several statements")]
    [InlineData("delete from x", "q.sql: the file must hold one select statement")]
    [InlineData("selection", "q.sql: the file must hold one select statement")]
    [InlineData(" -- nothing\n", "q.sql: the file holds no statement")]
    [InlineData("", "q.sql: the file holds no statement")]
    public void Anything_else_is_refused_naming_the_file(string sql, string message) =>
        Assert.StartsWith(message, Assert.Throws<ConfigurationException>(() => SourceRelation.Query(sql, "q.sql")).Message);
}
