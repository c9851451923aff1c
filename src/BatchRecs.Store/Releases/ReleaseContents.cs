using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;

namespace BatchRecs.Store.Releases;

/// <summary>What a release was made from, to check its rows against.</summary>
/// <param name="Users">The users that may have lists.</param>
/// <param name="Items">The items that lists may hold.</param>
/// <param name="Exclusions">What the main list of each user may not hold: what they have seen, and what is forbidden.</param>
public sealed record ReleaseContents(IdMap Users, IdMap Items, Exclusions Exclusions);
