namespace BatchRecs.Core.Data;

/// <summary>How far a long step has come.</summary>
/// <param name="Done">Units finished.</param>
/// <param name="Total">Units in all, or 0 where unknown.</param>
/// <param name="Unit">What is counted: <c>rows</c>, <c>users</c>, <c>sweeps</c>.</param>
/// <param name="Note">What an operator would like to see beside it, for example the loss; may be empty.</param>
public readonly record struct StageProgress(long Done, long Total, string Unit, string Note = "");
