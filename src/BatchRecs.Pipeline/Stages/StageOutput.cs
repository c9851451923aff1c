namespace BatchRecs.Pipeline.Stages;

/// <summary>What a stage returns.</summary>
/// <param name="Value">The output record, an input of later stages.</param>
/// <param name="Rows">What it handled.</param>
/// <param name="Unit">What <paramref name="Rows"/> counts.</param>
/// <param name="Note">What an operator would like to know, in a few words.</param>
public sealed record StageOutput<T>(T Value, long Rows, string Unit, string Note);
