using System.Text;
using System.Text.Json;

namespace BatchRecs.Store.Artifacts;

/// <summary>Reads the files of one artifact, which were checked when it was opened, unless only their lengths are asked for.</summary>
public sealed class ArtifactReader
{
    readonly ArtifactFiles _disk;
    readonly string _folder;

    internal ArtifactReader(ArtifactFiles disk, string folder, ArtifactManifest manifest) =>
        (_disk, _folder, Manifest) = (disk, folder, manifest);

    /// <summary>Gets the manifest.</summary>
    public ArtifactManifest Manifest { get; }

    /// <summary>Tells whether the artifact has an array of a name.</summary>
    public bool HasArray(string name) => Manifest.Files.ContainsKey(name + ".npy");

    /// <summary>Reads the elements of an array.</summary>
    /// <typeparam name="T">The type with which it was written.</typeparam>
    /// <exception cref="InvalidDataException">The array has another type.</exception>
    public T[] ReadArray<T>(string name) where T : unmanaged => ReadMatrix<T>(name).Elements;

    /// <summary>Reads an array with the lengths of its dimensions (columns 0 if it has one).</summary>
    /// <typeparam name="T">The type with which it was written.</typeparam>
    /// <exception cref="InvalidDataException">The array has another type.</exception>
    public (T[] Elements, int Rows, int Columns) ReadMatrix<T>(string name) where T : unmanaged
    {
        using var stream = OpenArray(name);
        return NpyFormat.Read<T>(stream);
    }

    /// <summary>Reads what <see cref="ArtifactWriter.WriteTexts"/> wrote.</summary>
    public string?[] ReadTexts(string name)
    {
        long[] offsets = ReadArray<long>(name + "-offsets");
        bool[]? isNull = HasArray(name + "-null") ? ReadArray<bool>(name + "-null") : null;
        var texts = new string?[offsets.Length - 1];
        byte[] utf8 = new byte[256];
        using var stream = OpenArray(name);
        NpyFormat.ReadHeader(stream);
        for (int n = 0; n < texts.Length; n++)
        {
            int length = checked((int)(offsets[n + 1] - offsets[n]));
            if (utf8.Length < length)
                utf8 = new byte[length * 2];
            stream.ReadExactly(utf8, 0, length);
            texts[n] = isNull is not null && isNull[n] ? null : Encoding.UTF8.GetString(utf8, 0, length);
        }
        return texts;
    }

    /// <summary>Reads a record.</summary>
    /// <exception cref="InvalidDataException">The file holds null.</exception>
    public T ReadJson<T>(string name)
    {
        using var stream = _disk.Open(Path.Combine(_folder, name + ".json"));
        return JsonSerializer.Deserialize<T>(stream, CanonicalJson.Options) ?? throw new InvalidDataException($"{name}.json holds null.");
    }

    /// <summary>Reads the length of the first dimension of an array.</summary>
    internal long ReadLength(string name)
    {
        using var stream = OpenArray(name);
        return NpyFormat.ReadHeader(stream).Rows;
    }

    /// <summary>Reads NumPy's name of the element type of an array.</summary>
    internal string ReadElementType(string name)
    {
        using var stream = OpenArray(name);
        return NpyFormat.ReadHeader(stream).Descriptor;
    }

    FileStream OpenArray(string name) => _disk.Open(Path.Combine(_folder, name + ".npy"));
}
