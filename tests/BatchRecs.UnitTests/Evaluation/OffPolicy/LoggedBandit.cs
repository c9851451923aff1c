using BatchRecs.Core.Evaluation.OffPolicy;
using BatchRecs.Core.Numerics;

namespace BatchRecs.UnitTests.Evaluation.OffPolicy;

/// <summary>
/// A bandit of which everything is known: 50 contexts, 20 arms, a logging policy, a better target policy, rewards of 0 and 1.
/// </summary>
sealed class LoggedBandit
{
    public const int Contexts = 50;
    public const int Arms = 20;

    readonly double[,] _reward = new double[Contexts, Arms];
    readonly double[,] _logging = new double[Contexts, Arms];
    readonly double[,] _target = new double[Contexts, Arms];

    public LoggedBandit(ulong seed)
    {
        for (int x = 0; x < Contexts; x++)
        {
            for (int a = 0; a < Arms; a++)
                _reward[x, a] = 0.05 + (0.5 * CounterRandom.Uniform(seed, x, a));
            Softmax(_logging, x, a => CounterRandom.Normal(seed + 1, x, a));
            Softmax(_target, x, a => 6 * _reward[x, a]);
            for (int a = 0; a < Arms; a++)
                TrueValue += _target[x, a] * _reward[x, a] / Contexts;
        }
    }

    /// <summary>Gets the mean reward of the target policy where every context is equally likely.</summary>
    public double TrueValue { get; }

    /// <summary>Draws rows; each is a user of its own. The model knows the true rewards + <paramref name="modelError"/>.</summary>
    public LoggedSample Draw(int rows, ulong seed, double modelError = 0)
    {
        int[] users = [.. Enumerable.Range(0, rows)];
        double[] rewards = new double[rows], weights = new double[rows], logged = new double[rows], target = new double[rows];
        for (int n = 0; n < rows; n++)
        {
            int x = CounterRandom.Index(seed, n, 0, Contexts);
            int a = Arm(x, CounterRandom.Uniform(seed, n, 1));
            rewards[n] = CounterRandom.Uniform(seed, n, 2) < _reward[x, a] ? 1 : 0;
            weights[n] = _target[x, a] / _logging[x, a];
            logged[n] = _reward[x, a] + modelError;
            for (int b = 0; b < Arms; b++)
                target[n] += _target[x, b] * (_reward[x, b] + modelError);
        }
        return new LoggedSample
        {
            Users = users,
            Rewards = rewards,
            Weights = weights,
            Predictions = new RewardPredictions(logged, target),
        };
    }

    int Arm(int x, double variate)
    {
        double below = 0;
        for (int a = 0; a < Arms - 1; a++)
            if (variate < (below += _logging[x, a]))
                return a;
        return Arms - 1;
    }

    static void Softmax(double[,] policy, int x, Func<int, double> preference)
    {
        double sum = 0;
        for (int a = 0; a < Arms; a++)
            sum += policy[x, a] = Math.Exp(preference(a));
        for (int a = 0; a < Arms; a++)
            policy[x, a] /= sum;
    }
}
