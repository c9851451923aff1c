namespace BatchRecs.Store.Extract;

/// <summary>What keeps a source from being read.</summary>
/// <param name="Where">The source, and the column where one is meant: <c>sources[0] (public.ratings), column rated_at</c>.</param>
/// <param name="Found">What was found.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="Remedy">What to do.</param>
public sealed record SourceProblem(string Where, string Found, string Expected, string Remedy)
{
    /// <summary>Gets a value indicating whether a row is to blame, so that what the driver said may hold values of it.</summary>
    internal bool IsOfData { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Where}: found {Found}; expected {Expected}. {Remedy}";

    internal static SourceProblem NoRelation(string label, string driver) => new(
        label,
        $"no such table ({driver})",
        "a table or view that the warehouse's user can see",
        "Check the name and its schema, and that the store is the right database.");

    internal static SourceProblem NoColumn(string label, string driver) => new(
        label,
        $"an unknown column ({driver})",
        "columns that exist",
        "Check the names; they are taken as written, capital letters included.");

    internal static SourceProblem TwoColumns(string label, string driver) => new(
        label,
        $"one name for several columns ({driver})",
        "different names",
        "Give the columns of the query different names with 'as'.");

    internal static SourceProblem NoRight(string label, string driver) => new(
        label,
        $"no right to read ({driver})",
        "the right to select",
        "Let an administrator run: grant select on the table (and usage on its schema) to the warehouse's user.");

    internal static SourceProblem Writes(string label, string driver) => new(
        label,
        $"a query that writes ({driver})",
        "a query that only reads",
        "The warehouse is opened read-only: take functions that write out of the query.");

    internal static SourceProblem Fails(string label, string driver) => new(
        label,
        $"a query or view that fails on its data ({driver})",
        "one that can read every row",
        "Run it in the database's own shell to find the row, then correct the row or leave it out.") { IsOfData = true };

    internal static SourceProblem BadSql(string label, string driver) => new(
        label,
        $"SQL that the store does not understand ({driver})",
        "one select statement in the store's dialect",
        "Try the query in the database's own shell.");
}
