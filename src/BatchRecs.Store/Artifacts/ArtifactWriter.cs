using System.Text;
using System.Text.Json;

namespace BatchRecs.Store.Artifacts;

/// <summary>Writes the files of one artifact; nobody sees it before <see cref="Complete"/>.</summary>
public sealed class ArtifactWriter : IDisposable
{
    readonly ArtifactFiles _disk;
    readonly string _temporary;
    readonly string _folder;
    readonly string _recommender;
    readonly string _stage;
    readonly string _key;
    readonly Dictionary<string, ArtifactFile> _files = [];
    bool _completed;

    internal ArtifactWriter(ArtifactFiles disk, string temporary, string folder, string recommender, string stage, string key) =>
        (_disk, _temporary, _folder, _recommender, _stage, _key) = (disk, temporary, folder, recommender, stage, key);

    /// <summary>Writes an array of one dimension as <c>NAME.npy</c>.</summary>
    /// <typeparam name="T">sbyte, byte, bool, int, long, float or double.</typeparam>
    /// <param name="name">Lower-case letters, digits and hyphens.</param>
    /// <param name="elements">The elements.</param>
    public void WriteArray<T>(string name, ReadOnlySpan<T> elements) where T : unmanaged =>
        WriteArray(name, elements, elements.Length, columns: 0);

    /// <summary>Writes an array as <c>NAME.npy</c>.</summary>
    /// <typeparam name="T">sbyte, byte, bool, int, long, float or double.</typeparam>
    /// <param name="name">Lower-case letters, digits and hyphens.</param>
    /// <param name="elements">Row-major; length rows × columns.</param>
    /// <param name="rows">Length of the first dimension.</param>
    /// <param name="columns">Length of the second dimension, or 0 for an array of one dimension.</param>
    public void WriteArray<T>(string name, ReadOnlySpan<T> elements, int rows, int columns) where T : unmanaged
    {
        using var file = new PendingFile(this, name + ".npy");
        NpyFormat.Write(file.Stream, elements, rows, columns);
        file.Finish();
    }

    /// <summary>
    /// Writes texts as their UTF-8 bytes end to end (<c>NAME.npy</c>), where each starts (<c>NAME-offsets.npy</c>, one more than there are
    /// texts), and, if some are null, which (<c>NAME-null.npy</c>).
    /// </summary>
    public void WriteTexts(string name, ReadOnlySpan<string?> texts)
    {
        long[] offsets = new long[texts.Length + 1];
        bool[] isNull = new bool[texts.Length];
        for (int n = 0; n < texts.Length; n++)
        {
            offsets[n + 1] = offsets[n] + Encoding.UTF8.GetByteCount(texts[n] ?? "");
            isNull[n] = texts[n] is null;
        }

        using (var file = new PendingFile(this, name + ".npy"))
        {
            NpyFormat.WriteHeader<byte>(file.Stream, offsets[^1]);
            foreach (string? text in texts)
                file.Stream.Write(Encoding.UTF8.GetBytes(text ?? ""));
            file.Finish();
        }
        WriteArray<long>(name + "-offsets", offsets);
        if (isNull.Contains(true))
            WriteArray<bool>(name + "-null", isNull);
    }

    /// <summary>Writes a record as <c>NAME.json</c>.</summary>
    public void WriteJson<T>(string name, T value)
    {
        using var file = new PendingFile(this, name + ".json");
        file.Stream.Write(JsonSerializer.SerializeToUtf8Bytes(value, CanonicalJson.Options));
        file.Finish();
    }

    /// <summary>Writes the manifest and makes the artifact visible; one of the same key is replaced.</summary>
    /// <param name="createdAt">The wall clock.</param>
    /// <param name="dataUntil">The newest event that the artifact has seen, in microseconds since 1970-01-01 UTC; null where that means
    /// nothing.</param>
    /// <param name="extra">What the stage wants to remember in the manifest; may be null.</param>
    /// <returns>The manifest.</returns>
    public ArtifactManifest Complete(DateTimeOffset createdAt, long? dataUntil = null, object? extra = null)
    {
        var manifest = new ArtifactManifest
        {
            Recommender = _recommender,
            Stage = _stage,
            Key = _key,
            CreatedAt = createdAt,
            DataUntil = dataUntil,
            Files = new SortedDictionary<string, ArtifactFile>(_files, StringComparer.Ordinal),
            Extra = JsonSerializer.SerializeToElement(extra, CanonicalJson.Options),
        };
        using (var stream = Create(ArtifactManifest.FileName))
        {
            _disk.Write(stream, Encoding.UTF8.GetBytes(manifest.ToText()));
            _disk.Flush(stream);
        }
        _disk.FlushFolder(_temporary);

        string? replaced = ArtifactFiles.IsTaken(_folder) ? ArtifactStore.TemporaryBeside(_folder) : null;
        if (replaced is not null)
            _disk.Rename(_folder, replaced);
        _disk.Rename(_temporary, _folder);
        _disk.FlushFolder(Path.GetDirectoryName(_folder)!);
        _completed = true;
        _disk.InUse.Add(_folder);
        if (replaced is not null)
            _disk.TryDelete(replaced);
        return manifest;
    }

    /// <summary>Removes what was written if the artifact was not completed.</summary>
    public void Dispose()
    {
        if (!_completed && Directory.Exists(_temporary))
            _disk.TryDelete(_temporary);
    }

    FileStream Create(string name) => _disk.Create(Path.Combine(_temporary, name));

    /// <summary>A file that enters the manifest only when all of it is on disk.</summary>
    sealed class PendingFile : IDisposable
    {
        const int BufferLength = 1 << 16;

        readonly ArtifactWriter _writer;
        readonly string _name;
        readonly FileStream _file;
        readonly HashingStream _hashing;

        public PendingFile(ArtifactWriter writer, string name)
        {
            (_writer, _name, _file) = (writer, name, writer.Create(name));
            _hashing = new HashingStream(writer._disk, _file);
            Stream = new BufferedStream(_hashing, BufferLength);
        }

        public BufferedStream Stream { get; }

        public void Finish()
        {
            Stream.Flush();
            _writer._disk.Flush(_file);
            _writer._files.Add(_name, new ArtifactFile(_hashing.Length, _hashing.HashText()));
        }

        /// <summary>What is still in the buffer of a file that was not finished is not wanted any more.</summary>
        public void Dispose() => _hashing.Dispose();
    }
}
