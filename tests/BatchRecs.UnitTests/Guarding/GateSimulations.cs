using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Guarding;

namespace BatchRecs.UnitTests.Guarding;

/// <summary>How often the gate errs, on simulated users of two models.</summary>
public sealed class GateSimulations
{
    const int Users = 5_000;

    /// <summary>Two models of the same worth agree on nine users of ten, as two seeds of one definition nearly do.</summary>
    const double Agree = 0.9;

    [Fact]
    public void Of_200_pairs_whose_lists_are_swapped_at_random_at_most_20_are_called_different()
    {
        var (a, b) = Models(seed: 1, share: 1);

        int different = Enumerable.Range(0, 200).Count(swap =>
        {
            var coin = new Random(10_000 + swap);
            bool[] swapped = [.. Enumerable.Range(0, Users).Select(_ => coin.Next(2) == 0)];
            return Decide(Swap(a, b, swapped), Swap(b, a, swapped)).Any(decision =>
                decision.Outcome is GateOutcome.Better or GateOutcome.Refused);
        });

        Assert.InRange(different, 1, 20);
    }

    [Fact]
    public void Of_100_models_with_a_tenth_less_ndcg_on_5000_users_at_least_95_are_refused()
    {
        int refused = Enumerable.Range(0, 100).Count(world =>
        {
            var (champion, challenger) = Models(seed: 20_000 + world, share: 0.9);
            return Decide(challenger, champion).Any(decision => decision.Outcome == GateOutcome.Refused);
        });

        Assert.InRange(refused, 95, 100);
    }

    [Fact]
    public void Of_100_models_of_the_same_worth_at_least_95_are_let_through()
    {
        int passed = Enumerable.Range(0, 100).Count(world =>
        {
            var (champion, challenger) = Models(seed: 30_000 + world, share: 1);
            return Decide(challenger, champion).All(decision => decision.Outcome != GateOutcome.Refused);
        });

        Assert.InRange(passed, 95, 100);
    }

    static IReadOnlyList<GateDecision> Decide(UserValues challenger, UserValues champion)
    {
        var sample = new UserSample([challenger.Ndcg, champion.Ndcg, challenger.Recall, champion.Recall], seed: 42);
        return Gate.Decide([(RankingMetric.Ndcg, sample.Relative(0, 1)), (RankingMetric.Recall, sample.Relative(2, 3))], Users, 0.05);
    }

    /// <summary>
    /// Draws the users of two models: one user of five has a hit, whose NDCG leans to small values; the second model keeps a share of the
    /// hits.
    /// </summary>
    static (UserValues A, UserValues B) Models(int seed, double share)
    {
        var random = new Random(seed);
        var (a, b) = (new UserValues(), new UserValues());
        for (int user = 0; user < Users; user++)
        {
            (a.Ndcg[user], a.Recall[user]) = Draw(random);
            var second = random.NextDouble() < Agree ? (a.Ndcg[user], a.Recall[user]) : Draw(random);
            (b.Ndcg[user], b.Recall[user]) = random.NextDouble() < share ? second : (0, 0);
        }
        return (a, b);
    }

    static (double Ndcg, double Recall) Draw(Random random)
    {
        if (random.NextDouble() < 0.8)
            return (0, 0);
        double ndcg = Math.Pow(random.NextDouble(), 2);
        return (ndcg, Math.Ceiling(ndcg * 4) / 4);
    }

    static UserValues Swap(UserValues a, UserValues b, bool[] swapped) => new()
    {
        Ndcg = [.. swapped.Select((other, user) => (other ? b : a).Ndcg[user])],
        Recall = [.. swapped.Select((other, user) => (other ? b : a).Recall[user])],
    };

    /// <summary>The metrics of one model, a value per user.</summary>
    sealed record UserValues
    {
        public double[] Ndcg { get; init; } = new double[Users];

        public double[] Recall { get; init; } = new double[Users];
    }
}
