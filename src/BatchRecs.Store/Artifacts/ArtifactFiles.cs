namespace BatchRecs.Store.Artifacts;

/// <summary>Every file operation on artifacts; each is announced by name before it happens, so that tests can make it fail.</summary>
/// <param name="root">The folder of all artifacts: it may be a symbolic link, nothing below it may.</param>
/// <param name="before">Called with the name of each operation; null outside tests.</param>
sealed class ArtifactFiles(string root, Action<string>? before)
{
    const int BufferLength = 1 << 16;

    /// <summary>Gets the folders of artifacts that were read or written: a run needs them to go on.</summary>
    public HashSet<string> InUse { get; } = new(StringComparer.Ordinal);

    /// <summary>Makes a folder with those above it.</summary>
    /// <exception cref="InvalidDataException">One of them is a symbolic link.</exception>
    public void CreateFolder(string folder)
    {
        before?.Invoke("create folder");
        RefuseLinks(folder);
        Directory.CreateDirectory(folder);
    }

    /// <summary>Creates a file that is not there yet; it is written by <see cref="Write"/>.</summary>
    public FileStream Create(string path)
    {
        before?.Invoke("create");
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
    }

    /// <summary>Writes bytes at the end of a file.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Write(FileStream file, ReadOnlySpan<byte> bytes)
    {
        before?.Invoke("write");
        try
        {
            file.Write(bytes);
        }
        catch (ArgumentOutOfRangeException error)
        {
            // The framework's word for a file that grows beyond what the file system or a limit of the process allows.
            throw new IOException(error.Message, error);
        }
    }

    /// <summary>Forces a file to disk and closes it.</summary>
    public void Flush(FileStream file)
    {
        before?.Invoke("flush");
        file.Flush(flushToDisk: true);
    }

    /// <summary>Forces the names in a folder to disk.</summary>
    public void FlushFolder(string folder)
    {
        before?.Invoke("flush folder");
        DurableFolder.Flush(folder);
    }

    /// <summary>Gives a folder another name.</summary>
    public void Rename(string folder, string name)
    {
        before?.Invoke("rename");
        Directory.Move(folder, name);
    }

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="InvalidDataException">It is a symbolic link, or lies behind one.</exception>
    public FileStream Open(string path)
    {
        before?.Invoke("open");
        RefuseLinks(path);
        before?.Invoke("read");
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferLength);
    }

    /// <summary>Reads a small text.</summary>
    /// <inheritdoc cref="Open"/>
    public string ReadText(string path)
    {
        using var reader = new StreamReader(Open(path));
        return reader.ReadToEnd();
    }

    /// <summary>Lists the folders inside a folder, which need not exist; links are among them, but nothing behind one is.</summary>
    public DirectoryInfo[] List(string folder)
    {
        before?.Invoke("list");
        return Directory.Exists(folder) && LinkOnTheWay(folder) is null ? new DirectoryInfo(folder).GetDirectories() : [];
    }

    /// <summary>Tells whether something has a name already: a folder, a file, or a link to anything or nothing.</summary>
    public static bool IsTaken(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    /// <summary>Removes a folder with all that is in it; of a link, the link. Another may be removing it too.</summary>
    public void Delete(string folder)
    {
        before?.Invoke("delete");
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
        }
    }

    /// <summary>Removes a folder; what cannot be removed now is removed later, with all that interrupted runs left behind.</summary>
    public void TryDelete(string folder)
    {
        try
        {
            Delete(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>A link inside the folder of artifacts leads who knows where.</summary>
    void RefuseLinks(string path)
    {
        if (LinkOnTheWay(path) is { } link)
            throw new InvalidDataException($"{link} is a symbolic link; expected a file or folder. Only {root} itself may be a link");
    }

    string? LinkOnTheWay(string path)
    {
        for (string? at = path; at is not null && at.Length > root.Length; at = Path.GetDirectoryName(at))
            if (new FileInfo(at).LinkTarget is not null)
                return at;
        return null;
    }
}
