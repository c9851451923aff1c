using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Recipes;

namespace BatchRecs.Pipeline.Checks;

/// <summary>Says what data are good for.</summary>
static class Sufficiency
{
    /// <summary>Below these, factors learn noise: few items need no recommender, few users with a history teach it nothing.</summary>
    const int FitItems = 50;
    const int FitUsers = 200;

    /// <summary>Below this an evaluation has intervals wider than any difference worth knowing.</summary>
    const int FitHoldoutUsers = 100;

    const int PopularItems = 10;
    const int PopularEvents = 100;

    const int HistoryEvents = 3;

    /// <summary>Looks at a snapshot.</summary>
    public static DataSufficiency Of(Snapshot snapshot, Recipe recipe, HoldoutRule holdout)
    {
        int[] events = new int[snapshot.Users.Count];
        foreach (int user in snapshot.Interactions.Users)
            events[user]++;
        int withHistory = events.Count(count => count >= HistoryEvents);
        int holdoutUsers = HoldoutUsers(snapshot, recipe, holdout);
        var verdict = snapshot.Items.Count >= FitItems && withHistory >= FitUsers && holdoutUsers >= FitHoldoutUsers ? DataVerdict.Fit
            : snapshot.Items.Count >= PopularItems && snapshot.Interactions.Count >= PopularEvents ? DataVerdict.PopularListsAreEnough
            : DataVerdict.TooLittle;
        return new DataSufficiency(snapshot.Items.Count, withHistory, holdoutUsers, verdict);
    }

    static int HoldoutUsers(Snapshot snapshot, Recipe recipe, HoldoutRule holdout)
    {
        try
        {
            return recipe.Truth(snapshot, holdout.Split(snapshot)).UserCount;
        }
        catch (InputDataException)
        {
            // Nothing is older than the holdout: there is nobody to test on.
            return 0;
        }
    }
}
