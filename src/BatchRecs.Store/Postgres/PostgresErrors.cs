using System.Data.Common;
using System.Net.Sockets;
using System.Security.Authentication;
using BatchRecs.Core.Errors;
using Npgsql;

namespace BatchRecs.Store.Postgres;

/// <summary>Says what an error of PostgreSQL means for an operator.</summary>
static class PostgresErrors
{
    /// <summary>Turns a driver's error into a <see cref="StoreException"/>.</summary>
    public static StoreException Explain(string store, string statement, DbException exception)
    {
        if (exception is not PostgresException error)
            return new StoreException(
                $"Statement {statement} failed in store '{store}': {exception.Message.TrimEnd('.')}. Check that server and network are up.",
                exception,
                TransientErrors.MayPass(exception))
            {
                Statement = statement,
            };

        string? table = error.TableName is null ? null : $"{error.SchemaName}.{error.TableName}";
        string where = table is null ? "" : $", table {table}";
        return new StoreException(
            $"Statement {statement} failed in store '{store}' (PostgreSQL {error.SqlState}{where}): {error.MessageText}. " +
            Remedy(error.SqlState),
            exception,
            TransientErrors.MayPass(error))
        {
            Statement = statement,
            SqlState = error.SqlState,
            Table = table,
        };
    }

    /// <summary>Says in one line what went wrong while connecting; a refused certificate hides behind the error of the driver.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        PostgresException error => $"{error.MessageText} ({error.SqlState})",
        { InnerException: AuthenticationException refused } =>
            $"{exception.Message}: {refused.Message} Check 'Root Certificate', that the certificate is meant for this host, and 'SSL Mode'",
        { InnerException: IOException or SocketException or TimeoutException } =>
            $"{exception.Message}: {exception.InnerException.Message}",
        _ => exception.Message,
    };

    static string Remedy(string sqlState) => sqlState switch
    {
        PostgresErrorCodes.InsufficientPrivilege =>
            "The role lacks a right: batchrecs migrate --roles --print lists the roles and grants that are needed.",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.InvalidSchemaName =>
            "If it is an object of BatchRecs, run batchrecs migrate; if it comes from a job file, check its name there.",
        PostgresErrorCodes.UndefinedColumn => "Check the column's name in the job file.",
        PostgresErrorCodes.DependentObjectsStillExist =>
            "An object of an application uses it: the server's log names it. Drop that first; nothing was removed.",
        PostgresErrorCodes.LockNotAvailable => "Another session holds a lock for long: run again when it is done.",
        PostgresErrorCodes.ReadOnlySqlTransaction => "The session is read-only: check that the connection leads to the primary server.",
        PostgresErrorCodes.DiskFull => "The disk of the server is full: make room or keep fewer releases.",
        PostgresErrorCodes.TooManyConnections => "The server has no connection left: raise max_connections or use fewer.",
        PostgresErrorCodes.InvalidTextRepresentation or PostgresErrorCodes.DatatypeMismatch or PostgresErrorCodes.CannotCoerce =>
            "Two columns that should hold the same ids have different types: compare the job file's columns.",
        _ => "Look into the server's log for details.",
    };
}
