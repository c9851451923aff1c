using BatchRecs.Core.Errors;
using Microsoft.Data.Sqlite;

namespace BatchRecs.Store.Sqlite;

/// <summary>Says what an error of SQLite means for an operator.</summary>
static class SqliteErrors
{
    const int Error = 1;
    const int Busy = 5;
    const int Locked = 6;
    const int ReadOnly = 8;
    const int InputOutput = 10;
    const int Corrupt = 11;
    const int Full = 13;
    const int CannotOpen = 14;
    const int NoDatabase = 26;

    /// <summary>Turns a driver's error into a <see cref="StoreException"/>.</summary>
    public static StoreException Explain(string store, string statement, SqliteException exception) => new(
        $"Statement {statement} failed in store '{store}' (SQLite {exception.SqliteExtendedErrorCode}): " +
        $"{exception.Message.TrimEnd('.')}. {Remedy(exception.SqliteErrorCode)}",
        exception,
        TransientErrors.MayPass(exception))
    {
        Statement = statement,
        SqlState = exception.SqliteExtendedErrorCode.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    static string Remedy(int code) => code switch
    {
        Error => "If it is an object of BatchRecs, run batchrecs migrate; if it comes from a job file, check its name there.",
        Busy or Locked => "Another process holds the file's write lock for long: let it end, or end it, then run again.",
        ReadOnly => "The file or its folder is write-protected.",
        InputOutput => "The disk refused: check the disk and that the folder is local, not a network share.",
        Corrupt or NoDatabase => "The file is damaged or no SQLite database: restore a copy, or remove it and run again.",
        Full => "The disk is full: make room or keep fewer releases.",
        CannotOpen => "Check the path and the rights of the folder.",
        _ => "Check the file and the disk.",
    };
}
