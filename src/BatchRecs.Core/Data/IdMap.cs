using System.Globalization;

namespace BatchRecs.Core.Data;

/// <summary>Maps dense indices 0 … <see cref="Count"/> − 1 to external ids and back.</summary>
/// <remarks>
/// Indices follow the sorted external ids (integers numerically, uuid by its 16 bytes, text by its UTF-8 bytes), so the same
/// set of ids gives the same indices whatever the store, the order of arrival or the number of threads.
/// </remarks>
public abstract class IdMap(IdKind kind)
{
    /// <summary>Gets the type of the ids in the warehouse.</summary>
    public IdKind Kind { get; } = kind;

    /// <summary>Makes the map of a few ids that are given as text.</summary>
    /// <param name="kind">Their kind.</param>
    /// <param name="ids">The ids; those that are none of this kind are left out, repeats count once.</param>
    public static IdMap Of(IdKind kind, IEnumerable<string> ids)
    {
        var builder = new IdColumnBuilder("item");
        builder.Declare(kind, "ids");
        foreach (string id in ids)
            if (kind == IdKind.Text)
                builder.Add(id);
            else if (kind == IdKind.Uuid && Guid.TryParse(id, out var uuid))
                builder.Add(uuid);
            else if (kind != IdKind.Uuid
                && long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer))
                builder.Add(integer);
        return builder.Build().Map;
    }

    /// <summary>Gets the number of ids.</summary>
    public abstract int Count { get; }

    /// <summary>Returns the id at <paramref name="index"/> as text: decimal digits, lower-case uuid, or the text itself.</summary>
    public abstract string ToText(int index);

    /// <summary>Finds the index of an id written as text (as a command line or a JSON file would).</summary>
    /// <returns>False if the text is no valid id of this kind or the id is unknown.</returns>
    public abstract bool TryFind(string text, out int index);

    /// <summary>Returns the map of the ids at <paramref name="indices"/> only, in the same order.</summary>
    /// <param name="indices">Strictly ascending indices into this map.</param>
    public abstract IdMap Select(ReadOnlySpan<int> indices);

    /// <summary>Gets the ids of an integer map, ascending.</summary>
    /// <exception cref="InvalidOperationException">The map holds uuids or text.</exception>
    public virtual ReadOnlySpan<long> Integers => throw WrongKind();

    /// <summary>Gets the ids of a uuid map, ascending in network byte order.</summary>
    /// <exception cref="InvalidOperationException">The map holds integers or text.</exception>
    public virtual ReadOnlySpan<Guid> Uuids => throw WrongKind();

    /// <summary>Gets the ids of a text map, ascending by UTF-8 bytes.</summary>
    /// <exception cref="InvalidOperationException">The map holds integers or uuids.</exception>
    public virtual ReadOnlySpan<string> Texts => throw WrongKind();

    InvalidOperationException WrongKind() => new($"This map holds ids of kind {Kind}.");
}
