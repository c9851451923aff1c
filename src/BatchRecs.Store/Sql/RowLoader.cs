using BatchRecs.Core.Data;

namespace BatchRecs.Store.Sql;

/// <summary>Loads rows value by value, in the order of the columns that the load statement names.</summary>
abstract class RowLoader : IAsyncDisposable
{
    /// <summary>Begins a row.</summary>
    public abstract void StartRow();

    /// <summary>Writes a 64-bit integer.</summary>
    public abstract void Write(long value);

    /// <summary>Writes a 32-bit integer.</summary>
    public abstract void Write(int value);

    /// <summary>Writes a double.</summary>
    public abstract void Write(double value);

    /// <summary>Writes text, or null.</summary>
    public abstract void Write(string? value);

    /// <summary>Writes the id at <paramref name="index"/>, or null if that is negative.</summary>
    public abstract void WriteId(IdMap ids, int index);

    /// <summary>Ends a row.</summary>
    public abstract ValueTask EndRowAsync(CancellationToken token);

    /// <summary>Makes the rows permanent.</summary>
    public abstract Task CompleteAsync(CancellationToken token);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
