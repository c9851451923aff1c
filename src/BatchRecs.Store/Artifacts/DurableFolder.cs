using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace BatchRecs.Store.Artifacts;

/// <summary>Makes changes to a folder (new names, renames) survive a power cut.</summary>
static class DurableFolder
{
    /// <summary>Forces the entries of a folder to disk. On Windows the file system's journal does this by itself.</summary>
    /// <exception cref="IOException">The folder cannot be opened or forced to disk.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        // The framework opens no folders, hence the C library; 0 is O_RDONLY on every Unix.
        using var handle = new SafeFileHandle(Open(Encoding.UTF8.GetBytes(folder + '\0'), flags: 0), ownsHandle: true);
        if (handle.IsInvalid || Sync(handle) != 0)
            throw new IOException($"The folder {folder} cannot be forced to disk (error {Marshal.GetLastPInvokeError()}).");
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern nint Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Sync(SafeFileHandle handle);
}
