namespace BatchRecs.Store;

/// <summary>Where tests make single operations fail, by throwing from what is called just before each of them.</summary>
/// <param name="Statement">Called with the name of each statement of a store.</param>
/// <param name="File">Called with the name of each file operation on artifacts: <c>create</c>, <c>flush</c>, <c>rename</c> ...</param>
public sealed record FaultPoints(Action<string>? Statement = null, Action<string>? File = null);
