using System.Collections;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.Weighing;

namespace BatchRecs.Pipeline.Catalogs;

/// <summary>A visible list of scorers: name, options record, and how options become one or several variants.</summary>
/// <remarks>Of several variants the best is picked on the validation window: that is how an option can be <c>tuned</c>.</remarks>
public sealed class ScorerCatalog : IEnumerable<KeyValuePair<string, Type>>
{
    readonly Dictionary<string, (Type Options, Func<object, WeighingOptions, IReadOnlyList<ScorerVariant>> Create)> _entries = [];

    /// <summary>Gets the names, in the order of the list.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Adds a scorer.</summary>
    /// <typeparam name="TOptions">Its options: a record of which every property has a default.</typeparam>
    /// <param name="name">The name that job files use.</param>
    /// <param name="create">Makes the variants from options and from what events are worth.</param>
    public void Add<TOptions>(string name, Func<TOptions, WeighingOptions, IReadOnlyList<ScorerVariant>> create)
        where TOptions : class, new() =>
        _entries.Add(name, (typeof(TOptions), (options, weighing) => create((TOptions)options, weighing)));

    /// <summary>Returns the type of the options of a scorer; null if there is no such scorer.</summary>
    public Type? OptionsOf(string name) => _entries.TryGetValue(name, out var entry) ? entry.Options : null;

    /// <summary>Makes the variants of a scorer.</summary>
    /// <param name="name">A name of the catalog.</param>
    /// <param name="options">Options of the type that <see cref="OptionsOf"/> names.</param>
    /// <param name="weighing">Which events count, and what each is worth.</param>
    public IReadOnlyList<ScorerVariant> Create(string name, object options, WeighingOptions weighing) =>
        _entries[name].Create(options, weighing);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Type>> GetEnumerator() =>
        _entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Options)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
