using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace BatchRecs.IntegrationTests.Privacy;

/// <summary>Keeps every line of every level, with its values, its scopes and its exception.</summary>
sealed class EveryLine : ILoggerFactory, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The log is kept here only.");

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull
    {
        Lines.Enqueue($"{state} {(state is IEnumerable<KeyValuePair<string, object>> values ? string.Join(' ', values) : "")}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
