using BatchRecs.Core.Numerics;

namespace BatchRecs.Core.Evaluation.OffPolicy;

/// <summary>A small model of rewards: a line over the score that the blend gave, plus what is particular to each item.</summary>
/// <remarks>
/// r̂(s, i) = a + b s + eᵢ, with a and b by least squares and eᵢ = Σ residuals of i / (nᵢ + 20): an item that was seldom drawn says
/// little for itself. The doubly robust estimates need no more: they stay unbiased however wrong it is.
/// </remarks>
public sealed class RewardModel
{
    /// <summary>How many rows of an item weigh as much as the line alone.</summary>
    const double PriorRows = 20;

    readonly double _level;
    readonly double _slope;
    readonly Dictionary<int, double> _items = [];

    /// <summary>Fits the model.</summary>
    /// <param name="rows">Item, score and reward of each row.</param>
    public RewardModel(IReadOnlyCollection<(int Item, double Score, double Reward)> rows)
    {
        double count = rows.Count, score = 0, reward = 0, squares = 0, products = 0;
        foreach (var row in rows)
        {
            score += row.Score / count;
            reward += row.Reward / count;
        }
        foreach (var row in rows)
        {
            squares += (row.Score - score) * (row.Score - score);
            products += (row.Score - score) * (row.Reward - reward);
        }
        _slope = squares > 0 ? products / squares : 0;
        _level = reward - (_slope * score);

        foreach (var group in rows.GroupBy(row => row.Item))
            _items[group.Key] = group.Sum(row => row.Reward - _level - (_slope * row.Score)) / (group.Count() + PriorRows);
    }

    /// <summary>Returns the expected reward of an item; of one that was never drawn, what the line says.</summary>
    /// <param name="item">The item.</param>
    /// <param name="score">The score that the blend gives it for the user.</param>
    public double Predict(int item, double score) => _level + (_slope * score) + _items.GetValueOrDefault(item);

    /// <summary>Fits one model per half of the users; each half is predicted by the model of the other.</summary>
    /// <param name="users">The user of each row.</param>
    /// <param name="rows">Item, score and reward of each row.</param>
    /// <param name="seed">Decides who is in which half.</param>
    /// <returns>The model that predicts each row.</returns>
    public static RewardModel[] CrossFit(int[] users, IReadOnlyList<(int Item, double Score, double Reward)> rows, ulong seed)
    {
        bool[] isSecond = Array.ConvertAll(users, user => (CounterRandom.Bits(seed, user, 0) & 1) == 1);
        var first = new RewardModel([.. rows.Where((_, n) => !isSecond[n])]);
        var second = new RewardModel([.. rows.Where((_, n) => isSecond[n])]);
        return Array.ConvertAll(isSecond, own => own ? first : second);
    }
}
