using BatchRecs.Core.Ranking;
using BatchRecs.Core.Training;

namespace BatchRecs.UnitTests.Training;

public sealed class RecentScorerTests : ScorerContract
{
    protected override IScorer Scorer { get; } = new RecentScorer(halfLifeDays: 2, Checkerboard.Weighing);

    /// <summary>The item taken last that the user has not taken.</summary>
    protected override int[] ExpectedFirst => [7, 6, 7, 6, 7, 6, 7, 7, 7];

    [Fact]
    public void Scores_halve_with_every_half_life()
    {
        var block = new CandidateBlock(1, 8);

        Fit().TopCandidates([8], Exclusions.None(Checkerboard.Users), block);

        Assert.Equal([7, 6, 5, 4, 3, 2, 1, 0], block.Items);
        Assert.Equal(3 * MathF.Pow(2, -0.5f), block.Scores[0], 1e-6f);
        Assert.Equal(block.Scores[0] / 8, block.Scores[6], 1e-6f);
    }

    [Fact]
    public void The_half_life_is_kept_among_the_figures() =>
        Assert.Equal(2, Scorer.Fit(Checkerboard.Data, new FitContext(1, 1), CancellationToken.None).Figures["half-life-days"]);
}
