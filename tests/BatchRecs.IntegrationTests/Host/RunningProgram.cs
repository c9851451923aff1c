using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace BatchRecs.IntegrationTests.Host;

/// <summary>The program as a process of its own, with what it writes line by line.</summary>
sealed class RunningProgram : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    readonly Process _process;
    readonly Channel<string> _errors = Channel.CreateUnbounded<string>();
    readonly Task<string> _out;
    readonly Task<string> _error;

    RunningProgram(Process process)
    {
        _process = process;
        _out = process.StandardOutput.ReadToEndAsync();
        _error = ReadErrorsAsync();
    }

    /// <summary>Starts the built program.</summary>
    /// <param name="projectRoot">The project that it works in, and its current folder.</param>
    /// <param name="args">Its arguments.</param>
    public static RunningProgram Start(string projectRoot, params string[] args) =>
        Start(projectRoot, new Dictionary<string, string>(), args);

    /// <summary>Starts the built program with variables in its environment.</summary>
    public static RunningProgram Start(string projectRoot, IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "batchrecs.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = projectRoot,
        };
        start.Environment["BATCHRECS_ROOT"] = projectRoot;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new RunningProgram(Process.Start(start)!);
    }

    /// <summary>Waits for a line on standard error that contains <paramref name="part"/>; earlier lines are passed over.</summary>
    /// <returns>The line.</returns>
    public async Task<string> LineAsync(string part)
    {
        using var limit = new CancellationTokenSource(Patience);
        await foreach (string line in _errors.Reader.ReadAllAsync(limit.Token))
            if (line.Contains(part, StringComparison.Ordinal))
                return line;
        throw new InvalidOperationException($"The program ended without a line with '{part}':\n{await _error}");
    }

    /// <summary>Sends SIGTERM, as a service manager does.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Ends the process at once, without a chance to say a word.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Lets the program run up to a moment.</summary>
    /// <returns>True if it ended before.</returns>
    public async Task<bool> EndsWithinAsync(TimeSpan time)
    {
        using var limit = new CancellationTokenSource(time);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Waits for the end of the program.</summary>
    public async Task<Ended> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return new Ended(_process.ExitCode, await _out, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    async Task<string> ReadErrorsAsync()
    {
        var lines = new List<string>();
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            await _errors.Writer.WriteAsync(line);
        }
        _errors.Writer.Complete();
        return string.Concat(lines.Select(line => $"{line}\n"));
    }
}

/// <summary>How a program ended.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Out">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
sealed record Ended(int Code, string Out, string Error);
