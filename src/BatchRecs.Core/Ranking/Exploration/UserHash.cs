using System.Runtime.InteropServices;
using BatchRecs.Core.Data;
using BatchRecs.Core.Numerics;

namespace BatchRecs.Core.Ranking.Exploration;

/// <summary>A number that follows a user's id: indices move when users come and go, so what is drawn must not hang on them.</summary>
static class UserHash
{
    const ulong FnvOffset = 14695981039346656037;
    const ulong FnvPrime = 1099511628211;

    /// <summary>Returns the number of a user: the same wherever the id is the same.</summary>
    /// <param name="users">The users.</param>
    /// <param name="index">Index of the user.</param>
    public static long Of(IdMap users, int index) => (long)CounterRandom.Mix(users.Kind switch
    {
        IdKind.Text => Fnv(MemoryMarshal.AsBytes(users.Texts[index].AsSpan())),
        IdKind.Uuid => Fnv(users.Uuids[index].ToByteArray(bigEndian: true)),
        _ => (ulong)users.Integers[index],
    });

    /// <summary>Returns the 64-bit FNV-1a hash (Fowler, Noll, Vo).</summary>
    static ulong Fnv(ReadOnlySpan<byte> bytes)
    {
        ulong hash = FnvOffset;
        foreach (byte value in bytes)
            hash = (hash ^ value) * FnvPrime;
        return hash;
    }
}
