using BatchRecs.Core.Errors;

namespace BatchRecs.Host;

/// <summary>Finds the project root: the folder that holds <c>jobs/</c>.</summary>
static class ProjectFolder
{
    /// <summary>Names the root outright.</summary>
    public const string RootVariable = "BATCHRECS_ROOT";

    /// <summary>Set by the launcher to its own folder: the root for a person who stands elsewhere.</summary>
    public const string HomeVariable = "BATCHRECS_HOME";

    /// <summary>Finds the root: the one named in the environment, else the nearest above the current folder, else the launcher's.</summary>
    /// <param name="currentFolder">Where the search begins.</param>
    /// <param name="variable">Reads an environment variable; null if it is not set.</param>
    /// <exception cref="ConfigurationException">BATCHRECS_ROOT names no folder.</exception>
    public static string Find(string currentFolder, Func<string, string?> variable)
    {
        if (variable(RootVariable) is { Length: > 0 } root)
            return Directory.Exists(root)
                ? Path.GetFullPath(root)
                : throw new ConfigurationException($"{RootVariable} is '{root}', which is not a folder. Name the folder that holds jobs/.");

        for (var folder = new DirectoryInfo(currentFolder); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "jobs")))
                return folder.FullName;
        return variable(HomeVariable) is { Length: > 0 } home ? Path.GetFullPath(home) : currentFolder;
    }
}
