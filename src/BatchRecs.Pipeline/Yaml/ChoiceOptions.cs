using BatchRecs.Core.Allocating;
using BatchRecs.Pipeline.Catalogs;

namespace BatchRecs.Pipeline.Yaml;

/// <summary>The names that the entries of a list of choices may have, and which options belong to each.</summary>
/// <param name="Names">The names.</param>
/// <param name="OptionsOf">The type of the options of a name; null for an unknown name.</param>
sealed record ChoiceOptions(IReadOnlyCollection<string> Names, Func<string, Type?> OptionsOf)
{
    /// <summary>The key that says which of them an entry is.</summary>
    public const string NameKey = "name";

    /// <summary>Returns what the entries of a list may be; null where they are no choices.</summary>
    /// <param name="entry">The type of an entry.</param>
    public static ChoiceOptions? Of(Type entry) =>
        entry == typeof(Choice<IAllocator>) ? new ChoiceOptions(Allocators.All.Names, Allocators.All.OptionsOf) : null;
}
