namespace BatchRecs.Store.Extract;

/// <summary>Rows of a store, one after the other, without an object per row or value.</summary>
abstract class RowReader : IAsyncDisposable
{
    /// <summary>Steps to the next row.</summary>
    /// <returns>False after the last one.</returns>
    public abstract ValueTask<bool> NextAsync(CancellationToken token);

    /// <summary>Tells what the value of a column is in the current row.</summary>
    public abstract FieldClass Class(int column);

    /// <summary>Returns an integer; times come as microseconds since 1970-01-01, in UTC or in local time as the column is.</summary>
    public abstract long Integer(int column);

    /// <summary>Returns a number.</summary>
    public abstract double Real(int column);

    /// <summary>Returns a uuid.</summary>
    public abstract Guid Uuid(int column);

    /// <summary>Returns the UTF-8 bytes of a text, valid until the next row.</summary>
    public abstract ReadOnlySpan<byte> Utf8(int column);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>What one value is.</summary>
enum FieldClass
{
    /// <summary>Absent.</summary>
    Null,

    /// <summary>An integer.</summary>
    Integer,

    /// <summary>A number.</summary>
    Real,

    /// <summary>A uuid.</summary>
    Uuid,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Bytes,
}
