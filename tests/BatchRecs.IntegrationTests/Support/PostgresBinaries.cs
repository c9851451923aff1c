using System.Diagnostics;

namespace BatchRecs.IntegrationTests.Support;

/// <summary>Finds the server's programs and runs them; as root through <c>setpriv</c>, because the server refuses root.</summary>
static class PostgresBinaries
{
    const string Variable = "BATCHRECS_TEST_POSTGRES";

    /// <summary>Gets the folder with initdb and pg_ctl.</summary>
    public static string Folder { get; } = Followed(Find());

    /// <summary>Runs a program of the server and waits for its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it wrote.</exception>
    public static void Run(string program, params IReadOnlyList<string> arguments) => RunCommand(Command(program, arguments));

    /// <summary>Runs a command and waits for its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it wrote.</exception>
    public static void RunCommand(string[] command)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        start.FileName = command[0];
        foreach (string argument in command[1..])
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{string.Join(' ', command)} ended with {process.ExitCode}:\n{output}{error.GetAwaiter().GetResult()}");
    }

    /// <summary>Returns the words of a command that runs a program of the server.</summary>
    public static string[] Command(string program, params IReadOnlyList<string> arguments)
    {
        string[] prefix = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
        return [.. prefix, Path.Combine(Folder, program), .. arguments];
    }

    /// <summary>Some machines link a few programs into a folder of the path; all of them lie where the links lead.</summary>
    static string Followed(string folder)
    {
        string program = Path.Combine(folder, "initdb");
        return Path.GetDirectoryName(File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program)!;
    }

    static string Find()
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named))
            return File.Exists(Path.Combine(named, "initdb"))
                ? named
                : throw new InvalidOperationException($"{Variable} is {named}, but there is no initdb in that folder.");

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').ToList();
        if (Directory.Exists("/usr/lib/postgresql"))
            folders.AddRange(
                Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin")));
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")))
            ?? throw new InvalidOperationException(
                "These tests need PostgreSQL's initdb. Install the Debian package postgresql, or name the folder of its programs in " +
                $"{Variable}.");
    }
}
