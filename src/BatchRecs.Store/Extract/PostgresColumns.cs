using Npgsql;
using Npgsql.PostgresTypes;

namespace BatchRecs.Store.Extract;

/// <summary>How columns of PostgreSQL are selected, so that few binary forms arrive.</summary>
static class PostgresColumns
{
    /// <summary>Tells the form of a type; a domain arrives as the type below it.</summary>
    public static ColumnForm Form(PostgresType type) => type switch
    {
        PostgresArrayType { Element.InternalName: "text" or "varchar" } => ColumnForm.TextArray,
        { InternalName: "int2" } => ColumnForm.Int16,
        { InternalName: "int4" } => ColumnForm.Int32,
        { InternalName: "int8" } => ColumnForm.Int64,
        { InternalName: "uuid" } => ColumnForm.Uuid,
        { InternalName: "text" or "varchar" or "bpchar" or "citext" } => ColumnForm.Text,
        { InternalName: "float4" or "float8" or "numeric" } => ColumnForm.Real,
        { InternalName: "timestamptz" } => ColumnForm.Instant,
        { InternalName: "timestamp" or "date" } => ColumnForm.Local,
        _ => ColumnForm.Other,
    };

    /// <summary>Names the type of a column; of types that are made while this program runs the driver does not know the name.</summary>
    public static string TypeName(NpgsqlDataReader reader, int column) =>
        reader.GetDataTypeName(column) is var name and not "-.-" ? name : "composite or unknown";

    /// <summary>Names a column of the relation q.</summary>
    public static string Qualified(string column) => $"q.{Database.Quote(column)}";

    /// <summary>Lists the expressions that deliver columns in the form in which they are to be read; an absent column is null.</summary>
    public static string Select(IEnumerable<SourceColumn?> columns) => string.Join(", ", columns.Select(column => column switch
    {
        null => "null::text",
        { IsInteger: true } => $"{Qualified(column.Name)}::bigint",
        { Form: ColumnForm.Uuid or ColumnForm.Instant } => Qualified(column.Name),
        { Form: ColumnForm.Local } => Local(column),
        { Form: ColumnForm.Real } => Real(column),
        { Form: ColumnForm.TextArray } => $"array_to_string({Qualified(column.Name)}, chr({(int)ItemReader.ArraySeparator}))",
        _ => $"{Qualified(column.Name)}::text",
    }));

    /// <summary>A number that double precision cannot hold would end the whole reading, so it becomes infinite or zero.</summary>
    static string Real(SourceColumn column)
    {
        string number = Qualified(column.Name);
        return column.TypeName.StartsWith("numeric", StringComparison.Ordinal)
            ? $"case when abs({number}) between 1e-300 and 1e300 then {number}::double precision when {number} = 'NaN' then 'NaN' "
                + $"when {number} > 1 then 'infinity' when {number} < -1 then '-infinity' when {number} is not null then 0 end"
            : $"{number}::double precision";
    }

    /// <summary>Dates reach further than timestamps; beyond the calendar they become infinite instead of ending the reading.</summary>
    static string Local(SourceColumn column)
    {
        string time = Qualified(column.Name);
        return column.TypeName == "date"
            ? $"case when {time} > date '9999-12-31' then timestamp 'infinity' when {time} < date '0001-01-01' then timestamp '-infinity' "
                + $"else {time}::timestamp end"
            : $"{time}::timestamp";
    }
}
