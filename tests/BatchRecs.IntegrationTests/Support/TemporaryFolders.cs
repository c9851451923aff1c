namespace BatchRecs.IntegrationTests.Support;

/// <summary>
/// Folders for tests; where there is one, on a disk in memory: a run flushes each artifact and each commit, and would wait for a real disk
/// every time.
/// </summary>
static class TemporaryFolders
{
    const string MemoryDisk = "/dev/shm";

    /// <summary>The disk in memory of a container may hold a few megabytes only.</summary>
    const long Room = 2L << 30;

    static readonly string Root = Directory.Exists(MemoryDisk) && new DriveInfo(MemoryDisk).AvailableFreeSpace > Room
        ? MemoryDisk
        : Path.GetTempPath();

    /// <summary>Returns a path at which there is nothing yet.</summary>
    public static string NewPath(string prefix) => Path.Combine(Root, $"{prefix}{Guid.NewGuid():N}");

    /// <summary>Makes a folder; whoever asked for it removes it.</summary>
    public static DirectoryInfo Create(string prefix) => Directory.CreateDirectory(NewPath(prefix));
}
