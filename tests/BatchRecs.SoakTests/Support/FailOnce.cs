using BatchRecs.Store;

namespace BatchRecs.SoakTests.Support;

/// <summary>Lets one operation of a run fail, once: the n-th statement or the n-th file operation.</summary>
/// <param name="at">Which one, from 1.</param>
/// <param name="fail">Makes it fail: throws, or breaks what the operation needs; gets its name.</param>
sealed class FailOnce(int at, Action<string> fail)
{
    readonly Lock _lock = new();
    int _calls;

    /// <summary>Gets the name of the operation that failed; null if the run had fewer.</summary>
    public string? Hit { get; private set; }

    /// <summary>Returns what fails the n-th statement.</summary>
    public FaultPoints Statement => new(Statement: Count);

    /// <summary>Returns what fails the n-th file operation.</summary>
    public FaultPoints File => new(File: Count);

    void Count(string name)
    {
        lock (_lock)
        {
            if (++_calls != at)
                return;
            Hit = name;
        }
        fail(name);
    }
}
