namespace BatchRecs.UnitTests.Architecture;

public sealed class FilesTests
{
    const int MostLines = 400;

    [Fact]
    public void No_source_file_has_more_than_400_lines()
    {
        string root = Root();
        var files =
            from folder in (string[])["src", "tests", "sql", "jobs", "schedules"]
            from file in Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories)
            where Path.GetExtension(file) is ".cs" or ".sql" or ".yaml"
            select file;

        var tooLong = files.Where(file => File.ReadLines(file).Count() > MostLines).Select(file => Path.GetRelativePath(root, file));

        Assert.Empty(tooLong);
    }

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BatchRecs.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie below the folder of BatchRecs.sln.");
    }
}
