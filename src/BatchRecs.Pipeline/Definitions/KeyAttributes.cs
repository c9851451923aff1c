using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>The least and the greatest duration that a key may take; a share or <c>tuned</c> in its place is not limited.</summary>
/// <param name="least">The least duration, as written in a file.</param>
/// <param name="greatest">The greatest duration, as written in a file.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationRangeAttribute(string least, string greatest) : ValidationAttribute
{
    /// <summary>Gets the least duration, as written in a file.</summary>
    public string Least { get; } = least;

    /// <summary>Gets the greatest duration, as written in a file.</summary>
    public string Greatest { get; } = greatest;

    /// <inheritdoc/>
    public override bool IsValid(object? value) =>
        DurationOf(value) is not { } duration || (duration >= DurationText.Parse(Least) && duration <= DurationText.Parse(Greatest));

    static TimeSpan? DurationOf(object? value) => value switch
    {
        TimeSpan duration => duration,
        Holdout holdout => holdout.Duration,
        Tunable { Value: { } days } => TimeSpan.FromDays(days),
        _ => null,
    };
}

/// <summary>A word that a key takes beside what its type says, as in <c>halfLife: never</c>.</summary>
/// <param name="text">The word.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WordAttribute(string text) : Attribute
{
    /// <summary>Gets the word.</summary>
    public string Text { get; } = text;

    /// <summary>Gets the static member of the key's type that the word stands for.</summary>
    /// <value>By default the word stands for null.</value>
    public string? Member { get; init; }

    /// <summary>Returns what the word stands for.</summary>
    /// <param name="type">The type of the key.</param>
    public object? ValueFor(Type type) =>
        Member is null ? null : type.GetProperty(Member, BindingFlags.Public | BindingFlags.Static)!.GetValue(null);
}

/// <summary>Lets one scalar stand for a whole record: for the record in which only the named key is given.</summary>
/// <param name="key">The key, as files write it.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ShortForAttribute(string key) : Attribute
{
    /// <summary>Gets the key.</summary>
    public string Key { get; } = key;
}

/// <summary>Marks a text that may consist of blanks.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MayBeBlankAttribute : Attribute;
