using BatchRecs.Core.Data;

namespace BatchRecs.Store.Artifacts;

/// <summary>Id maps as arrays: integers as int64, uuids as rows of 16 bytes in network order, texts as UTF-8.</summary>
static class IdMapFiles
{
    const int UuidLength = 16;

    /// <summary>Writes a map; its kind is kept elsewhere.</summary>
    public static void Write(ArtifactWriter writer, string name, IdMap ids)
    {
        switch (ids.Kind)
        {
            case IdKind.Uuid:
                byte[] bytes = new byte[ids.Count * UuidLength];
                for (int index = 0; index < ids.Count; index++)
                    ids.Uuids[index].TryWriteBytes(bytes.AsSpan(index * UuidLength), bigEndian: true, out _);
                writer.WriteArray<byte>(name, bytes, ids.Count, UuidLength);
                break;
            case IdKind.Text:
                writer.WriteTexts(name, ids.Texts);
                break;
            default:
                writer.WriteArray(name, ids.Integers);
                break;
        }
    }

    /// <summary>Reads a map.</summary>
    public static IdMap Read(ArtifactReader reader, string name, IdKind kind)
    {
        switch (kind)
        {
            case IdKind.Uuid:
                byte[] bytes = reader.ReadArray<byte>(name);
                var uuids = new Guid[bytes.Length / UuidLength];
                for (int index = 0; index < uuids.Length; index++)
                    uuids[index] = new Guid(bytes.AsSpan(index * UuidLength, UuidLength), bigEndian: true);
                return new UuidIdMap(uuids);
            case IdKind.Text:
                return new TextIdMap([.. reader.ReadTexts(name).Select(text => text ?? "")]);
            default:
                return new IntegerIdMap(kind, reader.ReadArray<long>(name));
        }
    }
}
