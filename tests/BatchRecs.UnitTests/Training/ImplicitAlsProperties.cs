using BatchRecs.Core.Training;
using BatchRecs.UnitTests.Support;
using FsCheck.Fluent;

namespace BatchRecs.UnitTests.Training;

public sealed class ImplicitAlsProperties
{
    [Fact]
    public void The_loss_never_rises()
    {
        var cases = from seed in Gen.Choose(0, 10_000)
                    from factors in Gen.Choose(1, 20)
                    from exponent in Gen.Elements(0.0, 0.5, 1.0)
                    from unobserved in Gen.Elements(0.003, 0.05, 1.0)
                    select (seed, factors, exponent, unobserved);
        Law.Holds(cases, test =>
        {
            var options = new AlsOptions
            {
                Factors = test.factors,
                Iterations = 6,
                UnobservedWeight = test.unobserved,
                Regularization = 0.01,
                RegularizationExponent = test.exponent,
            };

            var entries = SomeMatrix.Random(25, 18, 0.2, (ulong)test.seed);

            var losses = ImplicitAls.Train(entries, options, new FitContext((ulong)test.seed, 1), CancellationToken.None).Losses;

            return Enumerable.Range(1, losses.Count - 1).All(n => losses[n] <= losses[n - 1] * (1 + 1e-6));
        }, tests: 100);
    }
}
