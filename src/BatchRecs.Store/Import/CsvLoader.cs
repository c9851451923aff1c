using System.Data.Common;
using System.IO.Compression;
using System.Text;
using System.Text.Unicode;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Postgres;
using BatchRecs.Store.Sqlite;

namespace BatchRecs.Store.Import;

/// <summary>Type of a column that an import creates.</summary>
public enum CsvColumnType
{
    /// <summary>Text, as it stands in the file.</summary>
    Text,

    /// <summary>64-bit integers.</summary>
    Integer,

    /// <summary>Floating-point numbers.</summary>
    Real,

    /// <summary>Times in ISO 8601 (PostgreSQL: timestamptz; SQLite: text).</summary>
    Time,

    /// <summary>Uuids.</summary>
    Uuid,
}

/// <summary>Loads comma-separated files with a header into new tables.</summary>
/// <remarks>Columns are text unless the caller says otherwise: types are never guessed, so ids keep their leading zeros.</remarks>
public static class CsvLoader
{
    const int RowsPerReport = 1 << 16;

    /// <summary>Loads a file; a table of the same name is replaced in the same transaction.</summary>
    /// <param name="database">Where to.</param>
    /// <param name="path">A <c>.csv</c>, or a <c>.csv.gz</c>; UTF-8, first line = column names, quoting of RFC 4180. An empty field without
    /// quotes is null.</param>
    /// <param name="table">The table, with its schema where it has one.</param>
    /// <param name="types">Types of columns that are not text; null = all are text.</param>
    /// <param name="progress">Receives the number of rows; may be null.</param>
    /// <param name="token">Ends the import early; the old table stays.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="InputDataException">The file is missing or malformed, or a value does not fit its column.</exception>
    /// <exception cref="ConfigurationException"><paramref name="types"/> names a column that the file does not have.</exception>
    public static async Task<long> LoadAsync(
        Database database,
        string path,
        string table,
        IReadOnlyDictionary<string, CsvColumnType>? types,
        IProgress<StageProgress>? progress,
        CancellationToken token)
    {
        string name = Path.GetFileName(path);
        using var file = Open(path);
        var reader = new CsvReader(file, name);
        var columns = ReadHeader(reader, name, types ?? new Dictionary<string, CsvColumnType>());

        await using var connection = await database.OpenAsync(readOnly: false, token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        try
        {
            await using var target = await BeginAsync(database, connection, transaction, table, columns, token);
            long rows = await CopyRowsAsync(reader, target, name, columns.Count, progress, token);
            await target.CompleteAsync(token);
            await transaction.CommitAsync(token);
            return rows;
        }
        catch (DbException error)
        {
            throw new InputDataException(
                $"{name} cannot be loaded into {table}: {error.Message}. Check the types of its columns and the rights of the user.",
                error);
        }
    }

    static Stream Open(string path)
    {
        if (!File.Exists(path))
            throw new InputDataException($"{path}: there is no such file; expected a .csv or .csv.gz.");
        Stream file = File.OpenRead(path);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    static List<CsvColumn> ReadHeader(CsvReader reader, string name, IReadOnlyDictionary<string, CsvColumnType> types)
    {
        if (!reader.Next())
            throw new InputDataException($"{name}: the file is empty; expected a first line with column names.");
        var columns = new List<CsvColumn>();
        for (int n = 0; n < reader.FieldCount; n++)
        {
            string column = Encoding.UTF8.GetString(reader[n]);
            if (column.Length == 0 || columns.Exists(other => string.Equals(other.Name, column, StringComparison.OrdinalIgnoreCase)))
                throw new InputDataException($"{name}, line 1: column {n + 1} is called '{column}'; expected different names, none empty.");
            columns.Add(new CsvColumn(column, types.GetValueOrDefault(column)));
        }
        string[] missing = [.. types.Keys.Except(columns.Select(column => column.Name))];
        return missing.Length == 0
            ? columns
            : throw new ConfigurationException(
                $"{name} has no column {string.Join(", ", missing)}; it has {string.Join(", ", columns.Select(column => column.Name))}.");
    }

    static Task<CsvTarget> BeginAsync(
        Database database,
        DbConnection connection,
        DbTransaction transaction,
        string table,
        IReadOnlyList<CsvColumn> columns,
        CancellationToken token) =>
        database switch
        {
            PostgresDatabase => PostgresCsvTarget.BeginAsync(connection, transaction, table, columns, token),
            SqliteDatabase => SqliteCsvTarget.BeginAsync(connection, transaction, table, columns, token),
            _ => throw new ConfigurationException(
                $"stores.{database.Settings.Name}: files cannot be imported into a {database.GetType().Name}."),
        };

    static async Task<long> CopyRowsAsync(
        CsvReader reader, CsvTarget target, string name, int columnCount, IProgress<StageProgress>? progress, CancellationToken token)
    {
        long rows = 0;
        while (reader.Next())
        {
            if (reader.FieldCount != columnCount)
            {
                if (reader.FieldCount == 1 && reader.IsNull(0))
                    continue;
                throw new InputDataException(
                    $"{name}, line {reader.Line}: found {reader.FieldCount} fields; expected {columnCount}, as in the first line.");
            }
            for (int n = 0; n < columnCount; n++)
                if (!Utf8.IsValid(reader[n]))
                    throw new InputDataException($"{name}, line {reader.Line}: field {n + 1} is no UTF-8. Save the file as UTF-8.");
            await target.WriteAsync(reader, token);
            if (++rows % RowsPerReport == 0)
            {
                token.ThrowIfCancellationRequested();
                progress?.Report(new StageProgress(rows, 0, "rows", name));
            }
        }
        progress?.Report(new StageProgress(rows, rows, "rows", name));
        return rows;
    }
}
