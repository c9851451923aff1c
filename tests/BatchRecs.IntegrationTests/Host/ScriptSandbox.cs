using System.Diagnostics;

namespace BatchRecs.IntegrationTests.Host;

/// <summary>A copy of a script of the repository in a temporary folder, with a program of our own in the place of dotnet.</summary>
sealed class ScriptSandbox : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("batchrecs-script-");

    /// <param name="script">The script, by its name in the repository's root.</param>
    /// <param name="dotnet">The body of the program that stands for dotnet; it notes its arguments in <c>calls</c> first.</param>
    public ScriptSandbox(string script, string dotnet)
    {
        Directory.CreateDirectory(InFolder("bin"));
        Directory.CreateDirectory(InFolder("src"));
        File.WriteAllText(InFolder("src/Program.cs"), "return 0;");
        File.WriteAllText(InFolder("Directory.Build.props"), "<Project />");
        File.WriteAllText(InFolder("global.json"), "{}");
        File.Copy(Path.Combine(RepositoryRoot(), script), InFolder(script));
        WriteProgram(InFolder("bin/dotnet"), $"echo \"$*\" >> \"{InFolder("calls")}\"\n{dotnet}");
    }

    /// <summary>What dotnet was called with so far, a line per call, without the path of the sandbox.</summary>
    public string[] Calls => File.Exists(InFolder("calls"))
        ? [.. File.ReadAllLines(InFolder("calls")).Select(line => line.Replace($"{_folder.FullName}/", "", StringComparison.Ordinal))]
        : [];

    public string InFolder(string path) => Path.Combine(_folder.FullName, path);

    public static void WriteProgram(string path, string body)
    {
        File.WriteAllText(path, $"#!/bin/bash\n{body}\n");
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("The scripts under test are for Unix shells.");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Runs a program in the root folder of the file system.</summary>
    /// <param name="program">Path of the program.</param>
    /// <param name="environment">Variables to set, or (null) to remove.</param>
    /// <param name="args">Its arguments.</param>
    public async Task<(int Code, string Out, string Error)> RunAsync(
        string program,
        IReadOnlyDictionary<string, string?>? environment = null,
        params string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment["PATH"] = $"{InFolder("bin")}:/usr/bin:/bin";
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    public static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "BatchRecs.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds BatchRecs.sln.");
    }
}
