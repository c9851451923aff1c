using BatchRecs.Core.Data;
using BatchRecs.Core.Weighing;

namespace BatchRecs.Core.Training;

/// <summary>What a scorer may learn from: the events before some time, and their weights.</summary>
/// <param name="Snapshot">The events.</param>
/// <param name="Weighted">One weighted entry per user and item, popularity and propensities of the same events.</param>
public sealed record TrainingData(Snapshot Snapshot, WeightedInteractions Weighted);

/// <summary>How to fit.</summary>
/// <param name="Seed">Seed of every random number drawn.</param>
/// <param name="Threads">Threads to use, at least 1; never changes a bit of the result.</param>
/// <param name="Progress">Receives progress; may be null.</param>
public sealed record FitContext(ulong Seed, int Threads, IProgress<StageProgress>? Progress = null);
