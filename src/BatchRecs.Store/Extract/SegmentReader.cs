using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;

namespace BatchRecs.Store.Extract;

/// <summary>Reads an attribute of the users of a snapshot.</summary>
public static class SegmentReader
{
    /// <summary>Reads the attribute; rows of other users are left out, so nobody who was forgotten or has opted out comes in.</summary>
    /// <param name="session">The warehouse.</param>
    /// <param name="source">Where the attribute is.</param>
    /// <param name="users">Ids of the users of the snapshot.</param>
    /// <param name="token">Ends the reading early.</param>
    /// <returns>One group per user: of several rows the one that sorts first.</returns>
    /// <exception cref="InputDataException">The source cannot be read, or its ids are of another type than those of the events.</exception>
    public static async Task<UserSegments> ReadAsync(SourceSession session, SegmentSource source, IdMap users, CancellationToken token)
    {
        var found = await ItemReader.ReadAsync(session, source.AsItems(), users, token);
        int[] ofUser = new int[users.Count];
        for (int user = 0; user < ofUser.Length; user++)
            ofUser[user] = found.CategoriesOf(user) is [var first, ..] ? first : -1;
        return new UserSegments(found.CategoryNames, ofUser);
    }
}
