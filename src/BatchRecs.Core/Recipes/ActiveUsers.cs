using BatchRecs.Core.Data;

namespace BatchRecs.Core.Recipes;

/// <summary>Tells who gets a list.</summary>
public static class ActiveUsers
{
    /// <summary>Returns the users whose newest event is young enough, ascending.</summary>
    /// <param name="snapshot">The events.</param>
    /// <param name="active">How young, counted from the newest event of all.</param>
    public static int[] Of(Snapshot snapshot, TimeSpan active)
    {
        long after = snapshot.DataUntil - (long)active.TotalMicroseconds;
        bool[] isActive = new bool[snapshot.Users.Count];
        var events = snapshot.Interactions;
        for (int row = 0; row < events.Count; row++)
            isActive[events.Users[row]] |= events.Times[row] > after;
        return [.. Enumerable.Range(0, isActive.Length).Where(user => isActive[user])];
    }
}
