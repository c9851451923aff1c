namespace BatchRecs.IntegrationTests.Extract;

/// <summary>The files under samples/.</summary>
static class SampleFiles
{
    public static string Path(string relative)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "BatchRecs.sln")))
            folder = folder.Parent;
        Assert.NotNull(folder);
        return System.IO.Path.Combine(folder.FullName, "samples", relative);
    }
}
