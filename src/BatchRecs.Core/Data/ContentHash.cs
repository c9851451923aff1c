using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace BatchRecs.Core.Data;

/// <summary>SHA-256 of what data say, not of how they are kept: the same rows give the same hash from any store.</summary>
/// <remarks>The width of integer ids does not count: 1, 2, 3 are the same ids as <c>int</c> and as <c>bigint</c>.</remarks>
public static class ContentHash
{
    /// <summary>Hashes a snapshot: ids, event types and events.</summary>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Of(Snapshot snapshot)
    {
        using var hash = Start("snapshot/1");
        Append(hash, snapshot.Users);
        Append(hash, snapshot.Items);
        Append(hash, snapshot.EventTypes);
        var events = snapshot.Interactions;
        Append<int>(hash, events.Users);
        Append<int>(hash, events.Items);
        Append<byte>(hash, events.Types);
        Append<float>(hash, events.Values);
        Append<long>(hash, events.Times);
        return Finish(hash);
    }

    /// <summary>Hashes groups of users.</summary>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Of(UserSegments segments)
    {
        using var hash = Start("segments/1");
        Append(hash, segments.Names);
        Append<int>(hash, segments.OfUser);
        return Finish(hash);
    }

    /// <summary>Hashes an item catalog.</summary>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Of(ItemCatalog catalog)
    {
        using var hash = Start("items/1");
        Append(hash, catalog.Titles);
        Append(hash, catalog.CategoryNames);
        Append<int>(hash, catalog.CategoryRowPtr);
        Append<int>(hash, catalog.CategoryIndex);
        return Finish(hash);
    }

    /// <summary>Hashes exclusion lists.</summary>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Of(ExclusionLists exclusions)
    {
        using var hash = Start("exclusions/1");
        Append<bool>(hash, exclusions.Ineligible ?? []);
        Append<int>(hash, exclusions.RowPtr);
        Append<int>(hash, exclusions.ItemIndex);
        return Finish(hash);
    }

    static IncrementalHash Start(string what)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, what);
        return hash;
    }

    static string Finish(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());

    static void Append(IncrementalHash hash, IdMap ids)
    {
        switch (ids.Kind)
        {
            case IdKind.Uuid:
                Append(hash, "uuid");
                Span<byte> bytes = stackalloc byte[16];
                foreach (var id in ids.Uuids)
                {
                    id.TryWriteBytes(bytes, bigEndian: true, out _);
                    hash.AppendData(bytes);
                }
                break;
            case IdKind.Text:
                Append(hash, "text");
                Append(hash, ids.Texts.ToArray());
                break;
            default:
                Append(hash, "integer");
                Append(hash, ids.Integers);
                break;
        }
        AppendCount(hash, ids.Count);
    }

    static void Append(IncrementalHash hash, IReadOnlyList<string?> texts)
    {
        foreach (string? text in texts)
            Append(hash, text);
        AppendCount(hash, texts.Count);
    }

    static void Append(IncrementalHash hash, string? text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text ?? "");
        AppendCount(hash, text is null ? -1 : utf8.Length);
        hash.AppendData(utf8);
    }

    static void Append<T>(IncrementalHash hash, ReadOnlySpan<T> column) where T : unmanaged
    {
        AppendCount(hash, column.Length);
        // In slices, because the bytes of a long column are more than a span can count.
        for (; column.Length > 0; column = column[Math.Min(column.Length, 1 << 20)..])
            hash.AppendData(MemoryMarshal.AsBytes(column[..Math.Min(column.Length, 1 << 20)]));
    }

    static void AppendCount(IncrementalHash hash, long count)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, count);
        hash.AppendData(bytes);
    }
}
