namespace BatchRecs.Pipeline.Runs;

/// <summary>A run was cancelled; the message says by whom and how to go on. Exit code 130.</summary>
public sealed class RunCancelledException(string message, Exception inner) : OperationCanceledException(message, inner);
