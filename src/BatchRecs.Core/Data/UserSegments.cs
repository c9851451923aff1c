namespace BatchRecs.Core.Data;

/// <summary>An attribute of the users that groups are made by: a country, a kind of contract.</summary>
/// <param name="Names">The groups, ascending by UTF-8 bytes.</param>
/// <param name="OfUser">The group of each user of the snapshot; −1 = unknown.</param>
public sealed record UserSegments(string[] Names, int[] OfUser);
