namespace BatchRecs.Core.Data;

/// <summary>What a fitted scorer has learnt, as named arrays: the form in which it is kept on disk and opened again.</summary>
/// <remarks>Element types are <see cref="float"/>, <see cref="double"/>, <see cref="int"/> and <see cref="long"/>.</remarks>
public sealed record ModelState
{
    /// <summary>Gets the arrays by name (lower-case letters and hyphens: they become file names).</summary>
    public required IReadOnlyDictionary<string, ModelArray> Arrays { get; init; }

    /// <summary>Gets single figures that are worth keeping and showing: chosen half-life, final loss, sweeps.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <summary>Returns the elements of the array <paramref name="name"/>.</summary>
    /// <exception cref="InvalidOperationException">There is no such array, or its elements have another type.</exception>
    public T[] Get<T>(string name) where T : unmanaged =>
        Arrays.TryGetValue(name, out var array) && array.Elements is T[] elements
            ? elements
            : throw new InvalidOperationException(
                $"The model has no array '{name}' of {typeof(T).Name}; it has: {string.Join(", ", Arrays.Keys)}.");
}

/// <summary>A row-major array of one or two dimensions.</summary>
/// <param name="Elements">float[], double[], int[] or long[]; length Rows × Columns.</param>
/// <param name="Rows">Length of the first dimension.</param>
/// <param name="Columns">Length of the second dimension, or 0 for a one-dimensional array.</param>
public sealed record ModelArray(Array Elements, int Rows, int Columns = 0);
