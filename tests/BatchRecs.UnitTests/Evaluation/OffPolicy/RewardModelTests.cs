using BatchRecs.Core.Evaluation.OffPolicy;

namespace BatchRecs.UnitTests.Evaluation.OffPolicy;

public class RewardModelTests
{
    [Fact]
    public void A_line_over_the_score_is_found()
    {
        var model = new RewardModel([(1, 0, 0.1), (2, 0.5, 0.3), (3, 1, 0.5)]);

        Assert.Equal(0.1, model.Predict(9, 0), 12);
        Assert.Equal(0.4, model.Predict(9, 0.75), 12);
    }

    [Fact]
    public void An_item_keeps_as_much_of_its_own_as_its_rows_weigh()
    {
        // All scores alike: the line is the mean, 0.5. Item 1 has 20 rows of 1, item 2 as many of 0; twenty rows weigh a half.
        var model = new RewardModel(
            [.. Enumerable.Repeat((1, 1.0, 1.0), 20), .. Enumerable.Repeat((2, 1.0, 0.0), 20)]);

        Assert.Equal(0.75, model.Predict(1, 1), 12);
        Assert.Equal(0.25, model.Predict(2, 1), 12);
        Assert.Equal(0.5, model.Predict(3, 1), 12);
    }

    [Fact]
    public void No_row_is_predicted_by_a_model_that_saw_its_user()
    {
        int[] users = [.. Enumerable.Range(0, 200).Select(n => n / 2)];
        (int Item, double Score, double Reward)[] rows = [.. users.Select(user => (0, 0.5, 1.0))];
        var before = RewardModel.CrossFit(users, rows, seed: 1);

        // A user's own reward may be anything: nothing of it reaches the model of the user's rows.
        rows[0].Reward = rows[1].Reward = 1_000;
        var after = RewardModel.CrossFit(users, rows, seed: 1);

        Assert.Equal(before[0].Predict(0, 0.5), after[0].Predict(0, 0.5), 12);
        Assert.Contains(Enumerable.Range(2, 198), n => after[n].Predict(0, 0.5) > 1.5);
    }
}
