using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>Keeps warnings and errors, so that a test can say that an operator was told.</summary>
sealed class RecordedLog : ILoggerFactory, ILogger
{
    /// <summary>Gets the messages so far.</summary>
    public ConcurrentQueue<string> Warnings { get; } = new();

    /// <summary>Gets or sets what happens as soon as an operator is told something.</summary>
    public Action<string>? Told { get; set; }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The log is kept here only.");

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        string message = formatter(state, exception);
        Warnings.Enqueue(message);
        Told?.Invoke(message);
    }

    public void Dispose()
    {
    }
}
