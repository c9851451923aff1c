using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Training;

namespace BatchRecs.Core.Recipes;

/// <summary>The last days before the test period, on which settings are compared: the test period itself stays unseen.</summary>
public sealed class ValidationWindow
{
    /// <summary>More users than these are thinned evenly: 5,000 resolve what a search can find, and the cost stays flat.</summary>
    const int MostUsers = 5_000;

    readonly TemporalSplit _split;
    readonly TestTruth _truth;
    readonly int _depth;

    ValidationWindow(TemporalSplit split, TestTruth truth, int depth) => (_split, _truth, _depth) = (split, truth, depth);

    /// <summary>Gets the number of users that every setting is measured on.</summary>
    public int UserCount => _truth.UserCount;

    /// <summary>Gets the first instant of the window, in microseconds since 1970-01-01 UTC.</summary>
    public long From => _split.TestFrom;

    /// <summary>Cuts the window off what lies before the test period.</summary>
    /// <param name="recipe">Says what is a hit, and how long the window is.</param>
    /// <param name="beforeTest">The events before T1 and no others.</param>
    /// <param name="depth">Length of the lists, at least 1.</param>
    /// <exception cref="InputDataException">The window has too few users, or nothing lies before it.</exception>
    public static ValidationWindow Of(Recipe recipe, Snapshot beforeTest, int depth)
    {
        var split = recipe.Options.Validation.Split(beforeTest);
        var truth = recipe.Truth(beforeTest, split).Thin(MostUsers);
        return truth.UserCount >= Tuning.LeastUsers
            ? new ValidationWindow(split, truth, depth)
            : throw new InputDataException(
                $"{truth.UserCount} users have an item in the validation window, at least {Tuning.LeastUsers} are needed to tell settings "
                + "apart: lengthen evaluate.validation, shorten evaluate.holdout, or wait for more data.");
    }

    /// <summary>Fits a recipe on what lies before the window and measures its lists on it.</summary>
    /// <param name="recipe">The recipe; what it leaves <c>tuned</c> it picks on days before the window. Its allocators, which change the
    /// lists of all users together, are left out.</param>
    /// <param name="token">Ends the measurement early.</param>
    /// <returns>NDCG of each user.</returns>
    public double[] Measure(Recipe recipe, CancellationToken token)
    {
        var data = new TrainingData(_split.Training, recipe.Weigh(_split.Training));
        var lists = recipe.Open(recipe.Train(data, null, token), data);
        var made = lists.TopOfAll(_truth.Users, SeenItems.Build(_split.Training, recipe.Options.Seen), _depth, token);
        return RankingMetrics.Of(made, _truth, [_depth])[0].Of(RankingMetric.Ndcg);
    }
}
