using System.Globalization;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>A number, or the word <c>tuned</c>: picked on the validation window.</summary>
/// <param name="Value">The number, or null for <c>tuned</c>.</param>
public readonly record struct Tunable(double? Value)
{
    /// <summary>Gets the value that is picked on the validation window.</summary>
    public static Tunable Tuned { get; } = new(null);

    /// <inheritdoc/>
    public override string ToString() => Value?.ToString(CultureInfo.InvariantCulture) ?? "tuned";
}
