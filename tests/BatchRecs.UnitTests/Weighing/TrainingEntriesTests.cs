using BatchRecs.Core.Data;
using BatchRecs.Core.Numerics;
using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Weighing;

public sealed class TrainingEntriesTests
{
    const int Users = 5;
    const int Items = 7;
    const int Factors = 3;

    static readonly WeighingOptions Relmf = new()
    {
        Events = [new EventWeight("view"), new EventWeight("buy") { Weight = 4 }],
        PropensityForm = PropensityForm.Relmf,
        UnobservedWeight = 0.3,
    };

    /// <summary>Whatever the factors, the two losses differ by the same number, so they have the same minimum.</summary>
    [Fact]
    public void The_loss_of_relevance_matrix_factorisation_is_that_of_the_entries_but_for_a_constant()
    {
        var snapshot = Draw();
        var weighted = Weigher.Weigh(snapshot, Relmf);
        float[] relevance = Weigher.Weigh(snapshot, Relmf with { PropensityForm = PropensityForm.Weight }).UserItems.Weights;

        double[] differences = [.. Enumerable.Range(0, 20).Select(draw =>
        {
            float[] x = SomeMatrix.Normals(Users * Factors, (ulong)(2 * draw));
            float[] y = SomeMatrix.Normals(Items * Factors, (ulong)(2 * draw + 1));
            return RelmfLoss(weighted, relevance, x, y) - EntriesLoss(weighted.UserItems, x, y);
        })];

        Assert.All(differences, difference => Assert.Equal(differences[0], difference, 1e-4));
        Assert.True(differences[0] > 1);
    }

    [Fact]
    public void Where_everything_is_equally_likely_to_be_met_relmf_keeps_the_targets()
    {
        var snapshot = Draw();
        var plain = Weigher.Weigh(snapshot, Relmf with { PropensityForm = PropensityForm.Weight }).UserItems;

        var entries = Weigher.Weigh(snapshot, Relmf with { PropensityExponent = 0 }).UserItems;

        Assert.Equal(plain.Weights, entries.Targets!);
        Assert.Equal(0.7f * plain.Weights[0], entries.Weights[0], 1e-6f);
    }

    /// <summary>Both half-steps read one set of entries: with another in one of them the loss would rise somewhere.</summary>
    [Theory]
    [InlineData(PropensityForm.Weight)]
    [InlineData(PropensityForm.Relmf)]
    public void With_propensities_and_negative_events_no_half_step_raises_the_loss(PropensityForm form)
    {
        var options = Relmf with
        {
            Events = [new EventWeight("view"), new EventWeight("buy") { Weight = 4, IsNegative = true }],
            PropensityForm = form,
            PropensityTraining = 0.5,
        };
        var entries = Weigher.Weigh(Draw(), options).UserItems;
        var als = new AlsOptions { Factors = Factors, Iterations = 6, UnobservedWeight = 0.3 };

        var losses = ImplicitAls.Train(entries, als, new FitContext(1, 1), CancellationToken.None).Losses;

        Assert.All(losses.Zip(losses.Skip(1)), pair => Assert.True(pair.Second <= pair.First * (1 + 1e-6)));
    }

    [Fact]
    public void An_entry_weighs_the_same_seen_from_its_item()
    {
        var entries = Weigher.Weigh(Draw(), Relmf).UserItems;
        var byItem = entries.Transpose();

        for (int user = 0; user < Users; user++)
            for (int n = 0; n < entries.RowLength(user); n++)
            {
                int item = entries.Columns(user)[n];
                int back = byItem.Columns(item).IndexOf(user);
                Assert.Equal(entries.RowWeights(user)[n], byItem.RowWeights(item)[back]);
                Assert.Equal(entries.RowTargets(user)[n], byItem.RowTargets(item)[back]);
            }
    }

    /// <summary>Saito et al. 2020: Σ r/p (1 − s)² + α₀ (1 − r/p) s² over all pairs, r = 0 for those without an event.</summary>
    static double RelmfLoss(WeightedInteractions weighted, float[] relevance, float[] x, float[] y)
    {
        double loss = 0;
        for (int user = 0; user < Users; user++)
            for (int item = 0; item < Items; item++)
            {
                int at = weighted.UserItems.Columns(user).IndexOf(item);
                double r = at < 0 ? 0 : relevance[weighted.UserItems.RowPtr[user] + at];
                double share = r / weighted.Propensities[item];
                double s = Score(x, y, user, item);
                loss += share * (1 - s) * (1 - s) + Relmf.UnobservedWeight * (1 - share) * s * s;
            }
        return loss;
    }

    static double EntriesLoss(SparseMatrix entries, float[] x, float[] y)
    {
        double loss = 0;
        for (int user = 0; user < Users; user++)
        {
            for (int item = 0; item < Items; item++)
                loss += Relmf.UnobservedWeight * Math.Pow(Score(x, y, user, item), 2);
            for (int n = 0; n < entries.RowLength(user); n++)
            {
                double s = Score(x, y, user, entries.Columns(user)[n]);
                loss += (entries.RowWeights(user)[n] * s * s) - (2 * entries.RowTargets(user)[n] * s);
            }
        }
        return loss;
    }

    static double Score(float[] x, float[] y, int user, int item)
    {
        double score = 0;
        for (int f = 0; f < Factors; f++)
            score += (double)x[(user * Factors) + f] * y[(item * Factors) + f];
        return score;
    }

    static Snapshot Draw()
    {
        var events = new SomeEvents(Users, Items, "view", "buy");
        for (int user = 0; user < Users; user++)
            for (int item = 0; item < Items; item++)
                if (CounterRandom.Uniform(7, user, item) < 0.5)
                {
                    string type = CounterRandom.Uniform(8, user, item) < 0.3 ? "buy" : "view";
                    events.Add(user, item, type, 50 * CounterRandom.Uniform(9, user, item));
                }
        return events.ToSnapshot();
    }
}
