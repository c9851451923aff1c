using System.Collections;

namespace BatchRecs.Pipeline.Catalogs;

/// <summary>A visible list of things that a job names in an order of its own: name, options, and how options become the thing.</summary>
/// <typeparam name="T">The thing.</typeparam>
public sealed class OptionsCatalog<T> : IEnumerable<KeyValuePair<string, Type>>
{
    readonly Dictionary<string, (Type Options, Func<object, T> Create)> _entries = [];

    /// <summary>Gets the names, in the order of the list.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Adds an entry.</summary>
    /// <typeparam name="TOptions">Its options: a record of which every property has a default.</typeparam>
    /// <param name="name">The name that job files use.</param>
    /// <param name="create">Makes the thing from its options.</param>
    public void Add<TOptions>(string name, Func<TOptions, T> create) where TOptions : class, new() =>
        _entries.Add(name, (typeof(TOptions), options => create((TOptions)options)));

    /// <summary>Returns the type of the options of an entry; null if there is no such entry.</summary>
    public Type? OptionsOf(string name) => _entries.TryGetValue(name, out var entry) ? entry.Options : null;

    /// <summary>Makes the thing that a job asks for.</summary>
    public T Create(Choice<T> choice) => _entries[choice.Name].Create(choice.Options);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Type>> GetEnumerator() =>
        _entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Options)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>An entry of a list in a job file that names a member of a catalog: <c>{ name: coverage, share: 0.9 }</c>.</summary>
/// <typeparam name="T">What the catalog makes.</typeparam>
/// <param name="Name">A name of the catalog.</param>
/// <param name="Options">Options of the type that belongs to the name.</param>
public sealed record Choice<T>(string Name, object Options);
