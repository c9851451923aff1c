using BatchRecs.Core.Data;
using BatchRecs.Core.Evaluation.OffPolicy;
using BatchRecs.Store.Releases;

namespace BatchRecs.Pipeline.Exploration;

/// <summary>Finds what came of draws in the log of an application: same user, same item, shown while the release was current.</summary>
/// <param name="log">The log; values are rewards.</param>
/// <param name="hasReward">True = a row per showing with its reward; false = a row per success, and all draws count as shown.</param>
public sealed class OutcomeJoin(Snapshot log, bool hasReward)
{
    readonly int[] _rowPtr = RowPtr(log);
    readonly List<DrawOutcome> _outcomes = [];
    int _strangers;

    /// <summary>Gets what was found so far: one row per drawn item that was shown.</summary>
    public IReadOnlyList<DrawOutcome> Outcomes => _outcomes;

    /// <summary>Gets how many rows of the log belong to a draw.</summary>
    public long Matched { get; private set; }

    /// <summary>Looks for what came of a draw.</summary>
    /// <param name="draw">The draw, in the indices of the log.</param>
    /// <param name="from">When its release became current, in microseconds since 1970-01-01 UTC.</param>
    /// <param name="until">When it ceased to be current.</param>
    public void Add(StoredDraw draw, long from, long until)
    {
        int found = 0;
        if (draw is { User: >= 0, Item: >= 0 })
            for (int row = _rowPtr[draw.User]; row < _rowPtr[draw.User + 1]; row++)
                if (log.Interactions.Items[row] == draw.Item && log.Interactions.Times[row] >= from && log.Interactions.Times[row] < until)
                {
                    found++;
                    if (hasReward)
                        Keep(draw, float.IsNaN(log.Interactions.Values[row]) ? 0 : log.Interactions.Values[row]);
                }
        Matched += found;
        if (!hasReward)
            Keep(draw, found > 0 ? 1 : 0);
    }

    /// <summary>A user without any row in the log has no index there; each draw of such users counts as a user.</summary>
    void Keep(StoredDraw draw, double reward) => _outcomes.Add(new DrawOutcome(
        draw.User >= 0 ? draw.User : log.Users.Count + _strangers++,
        draw.Item,
        reward,
        draw.Propensity,
        draw.PoolSize,
        draw.Score,
        draw.BestItem,
        draw.IsBest));

    static int[] RowPtr(Snapshot log)
    {
        int[] rowPtr = new int[log.Users.Count + 1];
        foreach (int user in log.Interactions.Users)
            rowPtr[user + 1]++;
        for (int user = 0; user < log.Users.Count; user++)
            rowPtr[user + 1] += rowPtr[user];
        return rowPtr;
    }
}
