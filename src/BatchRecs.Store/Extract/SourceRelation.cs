using BatchRecs.Core.Errors;

namespace BatchRecs.Store.Extract;

/// <summary>A table or view, or a select statement of the user's; ready to stand after <c>from</c>.</summary>
public sealed record SourceRelation
{
    SourceRelation(string fromClause, string name, bool isQuery) => (FromClause, Name, IsQuery) = (fromClause, name, isQuery);

    /// <summary>Gets how messages call the relation: the table's name, or the path of the SQL file.</summary>
    public string Name { get; }

    /// <summary>Gets a value indicating whether this is a select statement and not a table.</summary>
    public bool IsQuery { get; }

    /// <summary>Gets the quoted table, or the select statement in parentheses.</summary>
    internal string FromClause { get; }

    /// <summary>Names a table or view.</summary>
    /// <param name="name">Its exact name, with its schema where it has one: <c>public.ratings</c>.</param>
    public static SourceRelation Table(string name) => new(Database.QuoteQualified(name), name, isQuery: false);

    /// <summary>Takes a select statement as it is.</summary>
    /// <param name="sql">One select statement; comments and one semicolon at its end are allowed.</param>
    /// <param name="name">How messages call it: the path of its file.</param>
    /// <exception cref="ConfigurationException">The text is not one select statement.</exception>
    public static SourceRelation Query(string sql, string name)
    {
        string select = SelectScanner.Single(sql, name);
        // The line break ends a comment that closes the user's text.
        return new SourceRelation($"({select}\n)", name, isQuery: true);
    }
}
