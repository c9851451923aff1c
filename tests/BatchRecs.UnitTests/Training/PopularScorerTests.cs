using BatchRecs.Core.Training;

namespace BatchRecs.UnitTests.Training;

public sealed class PopularScorerTests : ScorerContract
{
    protected override IScorer Scorer { get; } = new PopularScorer(Checkerboard.Weighing);

    /// <summary>All items have three users each, so lists start with the lowest item that the user has not taken.</summary>
    protected override int[] ExpectedFirst => [0, 0, 1, 0, 1, 0, 1, 0, 0];
}
