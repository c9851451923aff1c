using BatchRecs.Core.Data;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.Pipeline.Privacy;

/// <summary>A recommender that may hold data of a person, and the person's id in it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Store">Name of its serving store.</param>
/// <param name="Job">Its job; null where only its releases are left.</param>
/// <param name="UserKind">Type of its user ids.</param>
/// <param name="UserId">The id in the one spelling; null if what was asked for is no id of that type, so it holds nothing.</param>
sealed record HeldRecommender(string Name, string Store, LoadedJob? Job, IdKind UserKind, string? UserId);
