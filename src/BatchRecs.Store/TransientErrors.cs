using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BatchRecs.Store;

/// <summary>Tells errors that may pass by themselves from errors that stay. What is not listed here fails at once.</summary>
static class TransientErrors
{
    const int SqliteBusy = 5;
    const int SqliteLocked = 6;
    const int SqliteProtocol = 15;

    /// <summary>Connections that broke; locks; a server that starts, stops, was told to end a session, or is full of sessions.</summary>
    /// <remarks>
    /// A hot standby that cancels a query because recovery needs its rows reports 40001 too. A query that a person or statement_timeout
    /// cancelled (57014) is not tried again: both meant it. Nor is a full disk (53100): it stays full.
    /// </remarks>
    static readonly HashSet<string> PostgresStates =
    [
        PostgresErrorCodes.ConnectionException,
        PostgresErrorCodes.SqlClientUnableToEstablishSqlConnection,
        PostgresErrorCodes.ConnectionDoesNotExist,
        PostgresErrorCodes.ConnectionFailure,
        PostgresErrorCodes.TransactionResolutionUnknown,
        PostgresErrorCodes.SerializationFailure,
        PostgresErrorCodes.DeadlockDetected,
        PostgresErrorCodes.TooManyConnections,
        PostgresErrorCodes.LockNotAvailable,
        PostgresErrorCodes.AdminShutdown,
        PostgresErrorCodes.CrashShutdown,
        PostgresErrorCodes.CannotConnectNow,
    ];

    /// <summary>Tells whether the same statement may succeed when it is repeated.</summary>
    /// <param name="error">What a driver threw.</param>
    public static bool MayPass(DbException error) => error switch
    {
        PostgresException postgres => PostgresStates.Contains(postgres.SqlState),
        // A file that the disk refuses is not among them: whoever trusts such a disk loses data.
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteBusy or SqliteLocked or SqliteProtocol,
        _ => IsBrokenNetwork(error.InnerException),
    };

    /// <summary>Tells whether a connection that could not be opened may be there later.</summary>
    /// <param name="error">What a driver threw.</param>
    public static bool MayOpenLater(DbException error) => MayPass(error) || error is NpgsqlException { InnerException: TimeoutException };

    static bool IsBrokenNetwork(Exception? inner) => inner switch
    {
        // A name that does not exist is a mistake in the settings.
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.AccessDenied } => false,
        SocketException => true,
        IOException => true,
        AggregateException several => several.InnerExceptions.Any(IsBrokenNetwork),
        DbException driver => MayPass(driver),
        _ => false,
    };
}
