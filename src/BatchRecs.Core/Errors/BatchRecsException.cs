namespace BatchRecs.Core.Errors;

/// <summary>What ends a run on purpose: a message for the operator and an exit code for the scheduler.</summary>
/// <remarks>The message says what was found, what was expected, where, and what to do.</remarks>
public abstract class BatchRecsException(string message, int exitCode, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Gets the exit code of the process.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>A job, schedule or settings file is wrong. Exit code 2.</summary>
public sealed class ConfigurationException(string message, Exception? inner = null) : BatchRecsException(message, 2, inner);

/// <summary>The data in the warehouse cannot be used. Exit code 3.</summary>
public sealed class InputDataException(string message, Exception? inner = null) : BatchRecsException(message, 3, inner);

/// <summary>Training did not converge to finite factors. Exit code 4.</summary>
public sealed class TrainingDivergedException(string message, Exception? inner = null) : BatchRecsException(message, 4, inner);

/// <summary>A store did not do what it was asked. Exit code 5.</summary>
public sealed class StoreException(string message, Exception? inner = null, bool isTransient = false)
    : BatchRecsException(message, 5, inner)
{
    /// <summary>Gets a value indicating whether the same statement may succeed when it is repeated.</summary>
    public bool IsTransient { get; } = isTransient;

    /// <summary>Gets the name of the statement that failed, for example <c>releases/publish</c>; null if it was none.</summary>
    public string? Statement { get; init; }

    /// <summary>Gets the error code of the store: SQLSTATE of PostgreSQL, extended result code of SQLite.</summary>
    public string? SqlState { get; init; }

    /// <summary>Gets the table that the store named; null if it named none.</summary>
    public string? Table { get; init; }
}

/// <summary>Memory or disk do not suffice. Exit code 7.</summary>
public sealed class ResourceException(string message, Exception? inner = null) : BatchRecsException(message, 7, inner);

/// <summary>Other work on the same recommender is under way, so this did not begin. Exit code 75.</summary>
public sealed class BusyException(string message) : BatchRecsException(message, 75);

/// <summary>Something that is measured on a period has seen that period, so that its figures mean nothing. Exit code 70.</summary>
public sealed class LeakException(string message) : BatchRecsException(message, 70);
