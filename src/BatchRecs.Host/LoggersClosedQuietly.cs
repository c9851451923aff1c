using Microsoft.Extensions.Logging;

namespace BatchRecs.Host;

/// <summary>Loggers whose end never hides how the program ended: where the disk of the log is full, closing it fails too.</summary>
/// <param name="loggers">The loggers.</param>
/// <param name="error">Where it says that the last lines of the log may be missing.</param>
sealed class LoggersClosedQuietly(ILoggerFactory loggers, TextWriter error) : ILoggerFactory
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => loggers.CreateLogger(categoryName);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            loggers.Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // The runtime says of a file that may not grow that an argument is out of range.
            error.WriteLine($"The end of the log could not be written: {exception.Message}");
        }
    }
}
