namespace BatchRecs.UnitTests.Definitions;

/// <summary>The folder of the solution, found upwards from the test assembly.</summary>
static class ProjectRoot
{
    public static string Path { get; } = Find();

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "BatchRecs.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds BatchRecs.sln.");
    }
}
