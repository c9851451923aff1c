using System.Buffers.Binary;
using BatchRecs.Core.Data;
using BatchRecs.Core.Numerics;

namespace BatchRecs.Core.Allocating;

/// <summary>Deals users into groups that take turns from day to day, by their ids: who comes and goes moves nobody else.</summary>
public static class UserTurns
{
    /// <summary>Returns how many days from now it is a user's turn.</summary>
    /// <param name="users">Ids of the users.</param>
    /// <param name="user">User index.</param>
    /// <param name="groups">Number of groups, at least 1.</param>
    /// <param name="day">Today, as a number of days.</param>
    /// <param name="seed">Another seed deals other groups.</param>
    /// <returns>In [0, groups); 0 = today.</returns>
    public static int DaysUntil(IdMap users, int user, int groups, long day, ulong seed)
    {
        long group = CounterRandom.Index(seed, (long)Hash(users, user), 0, groups);
        return (int)((((group - day) % groups) + groups) % groups);
    }

    /// <summary>Returns 64 bits that depend on the id of a user alone.</summary>
    /// <param name="users">Ids of the users.</param>
    /// <param name="user">User index.</param>
    public static ulong Hash(IdMap users, int user)
    {
        if (users.Kind == IdKind.Uuid)
        {
            Span<byte> bytes = stackalloc byte[16];
            users.Uuids[user].TryWriteBytes(bytes);
            return CounterRandom.Mix(
                CounterRandom.Mix(BinaryPrimitives.ReadUInt64LittleEndian(bytes)) + BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
        }
        if (users.Kind != IdKind.Text)
            return CounterRandom.Mix((ulong)users.Integers[user]);
        ulong hash = 0;
        foreach (char letter in users.Texts[user])
            hash = CounterRandom.Mix(hash + letter);
        return hash;
    }
}
