namespace BatchRecs.Store.Quarantine;

/// <summary>A row that a run could not use, as the quarantine keeps it.</summary>
/// <param name="Source">What its source is called.</param>
/// <param name="Reason">One of <see cref="Extract.BadReasons"/>.</param>
/// <param name="OfRows">How many rows of the source the run rejected for this reason, kept or not.</param>
/// <param name="Column">The column that is to blame.</param>
/// <param name="User">The user id as text; null = none.</param>
/// <param name="Item">The item id as text; null = none.</param>
/// <param name="Time">The time as text; null = none.</param>
/// <param name="Value">The value as text; null = none.</param>
public sealed record QuarantinedRow(
    string Source, string Reason, long OfRows, string Column, string? User, string? Item, string? Time, string? Value);
