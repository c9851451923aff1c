using System.Data.Common;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store;

namespace BatchRecs.Pipeline.Checks;

/// <summary>Compares what a run needs with what the machine has.</summary>
static class RunRoom
{
    /// <summary>Lists memory and every disk that a run writes to.</summary>
    /// <param name="project">Where artifacts and SQLite files lie.</param>
    /// <param name="job">The job; its limits stand in for what there is.</param>
    /// <param name="cost">What the run needs.</param>
    public static IReadOnlyList<ResourceNeed> Of(ProjectContext project, RefreshJob job, CostEstimate cost)
    {
        var disks = new List<(string Folder, long Bytes)> { (project.ArtifactFolder, cost.DiskBytes) };
        if (project.Stores.TryGetValue(job.Stores.Serving, out var serving) && FileOf(serving) is { } file)
            disks.Add((Path.GetDirectoryName(Path.GetFullPath(file))!, cost.ReleaseBytes));
        return
        [
            Need("memory", "the limit of this process", cost.MemoryBytes, Memory, job.Limits.Memory),
            .. disks.GroupBy(disk => MountOf(disk.Folder)).Select(disk => Need(
                "disk",
                string.Join(" and ", disk.Select(part => part.Folder).Distinct()),
                disk.Sum(part => part.Bytes),
                new DriveInfo(disk.Key).AvailableFreeSpace,
                job.Limits.Disk)),
        ];
    }

    /// <summary>Of the machine, or of the container where that has less.</summary>
    static long Memory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    static ResourceNeed Need(string what, string where, long needed, long free, ByteSize? limit) =>
        new(what, where, needed, limit?.Bytes ?? free, limit is not null);

    /// <summary>Returns the path of a SQLite file; null for a store that is no file, whose disk is the server's own.</summary>
    static string? FileOf(StoreSettings store)
    {
        if (store.Provider != StoreProvider.Sqlite)
            return null;
        var parts = new DbConnectionStringBuilder { ConnectionString = store.Connection };
        string[] keys = ["Data Source", "DataSource", "Filename"];
        return keys.Select(key => parts.TryGetValue(key, out object? path) ? path as string : null)
            .FirstOrDefault(path => path is { Length: > 0 } and not ":memory:");
    }

    /// <summary>Returns the disk that a folder lies on, or will lie on.</summary>
    static string MountOf(string folder) => DriveInfo.GetDrives()
        .Select(drive => drive.RootDirectory.FullName)
        .Where(root => IsInside(Resolved(folder), root))
        .MaxBy(root => root.Length) ?? Path.GetPathRoot(Path.GetFullPath(folder))!;

    static bool IsInside(string folder, string root) =>
        folder == root
        || folder.StartsWith(Path.TrimEndingDirectorySeparator(root).TrimEnd('/') + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Follows the last link on the way; a work folder is often linked to another disk.</summary>
    static string Resolved(string folder)
    {
        for (string? at = folder; at is not null; at = Path.GetDirectoryName(at))
            if (Directory.Exists(at) && new DirectoryInfo(at).ResolveLinkTarget(returnFinalTarget: true) is { } target)
                return Path.Combine(target.FullName, Path.GetRelativePath(at, folder));
        return folder;
    }
}
