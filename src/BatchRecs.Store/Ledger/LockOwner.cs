using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace BatchRecs.Store.Ledger;

/// <summary>A process that wants to hold the lock of a recommender for one piece of work.</summary>
/// <param name="Token">Names the piece of work; no other ever has the same.</param>
/// <param name="Host">Name of the machine, for people.</param>
/// <param name="Machine">Identity of what numbers the processes: two machines, or two containers, never have the same.</param>
/// <param name="ProcessId">Id of the process on it.</param>
/// <param name="ProcessStartedAt">
/// When that process began, on Linux counted from the start of the kernel: ids of processes are used again.
/// </param>
public sealed record LockOwner(string Token, string Host, string Machine, int ProcessId, DateTimeOffset ProcessStartedAt)
{
    /// <summary>The system measures the same start of a process a little differently each time.</summary>
    static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(5);

    /// <summary>USER_HZ of every Linux that .NET runs on.</summary>
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    static readonly string ThisMachine = FindMachine();
    static readonly DateTimeOffset StartOfThisProcess = FindStart();

    /// <summary>The pieces of work of this process that are under way.</summary>
    static readonly ConcurrentDictionary<string, bool> Present = new();

    /// <summary>Names a new piece of work of this process.</summary>
    public static LockOwner New() =>
        new(Guid.NewGuid().ToString("N"), Environment.MachineName, ThisMachine, Environment.ProcessId, StartOfThisProcess);

    /// <summary>Lets the piece of work count as being under way in this process until the result is disposed.</summary>
    public IDisposable Enter()
    {
        Present[Token] = true;
        return new Presence(Token);
    }

    /// <summary>Says whether the work has certainly ended; what another machine does is not known here.</summary>
    internal bool IsGone()
    {
        if (Machine != ThisMachine)
            return false;
        if (ProcessId == Environment.ProcessId && IsStartOf(StartOfThisProcess))
            return !Present.ContainsKey(Token);
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            // Where the system does not tell when a process of somebody else began, the lease decides.
            return StartOf(process) is { } start && !IsStartOf(start);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return true;
        }
    }

    bool IsStartOf(DateTimeOffset start) => (start - ProcessStartedAt).Duration() <= ClockSlack;

    static DateTimeOffset FindStart()
    {
        using var process = Process.GetCurrentProcess();
        return StartOf(process)!.Value;
    }

    /// <summary>
    /// Returns when a process began; on Linux counted from the start of the kernel, which no setting of the clock changes. Null if the
    /// system does not tell.
    /// </summary>
    static DateTimeOffset? StartOf(Process process)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
                return process.StartTime.ToUniversalTime();
            // proc(5): the name in parentheses may contain anything; the 22nd field, the 20th after it, is the start in ticks.
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/stat"));
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return DateTimeOffset.UnixEpoch + (long.Parse(fields[19], CultureInfo.InvariantCulture) * Tick);
        }
        catch (Exception hidden) when (hidden is Win32Exception or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A machine is known by its name and, on Linux, by this start of its kernel and by the space of process ids.</summary>
    static string FindMachine()
    {
        const string BootId = "/proc/sys/kernel/random/boot_id";
        string boot = File.Exists(BootId) ? File.ReadAllText(BootId).Trim() : "";
        string space = OperatingSystem.IsLinux() ? new FileInfo("/proc/self/ns/pid").LinkTarget ?? "" : "";
        return $"{Environment.MachineName} {boot} {space}".TrimEnd();
    }

    sealed class Presence(string token) : IDisposable
    {
        public void Dispose() => Present.TryRemove(token, out _);
    }
}
