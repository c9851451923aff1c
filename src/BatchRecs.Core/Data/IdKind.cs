namespace BatchRecs.Core.Data;

/// <summary>The type an external id has in the warehouse; serving tables keep it.</summary>
public enum IdKind
{
    /// <summary>16-bit integer.</summary>
    Int16,

    /// <summary>32-bit integer.</summary>
    Int32,

    /// <summary>64-bit integer.</summary>
    Int64,

    /// <summary>UUID, ordered by its 16 bytes in network order.</summary>
    Uuid,

    /// <summary>Text, ordered by its UTF-8 bytes, never by a database collation.</summary>
    Text,
}
