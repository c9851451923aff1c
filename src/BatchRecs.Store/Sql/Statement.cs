namespace BatchRecs.Store.Sql;

/// <summary>A statement by the name of its file, with what it needs to run.</summary>
/// <param name="Name">Folder and file name without extension, for example <c>ledger/start_run</c>.</param>
/// <param name="Tokens">What its tokens stand for.</param>
/// <param name="Arguments">An object whose properties are its parameters; null if it has none.</param>
sealed record Statement(string Name, Tokens Tokens, object? Arguments = null)
{
    /// <summary>Returns the text that a store of this dialect runs.</summary>
    public string Text(string dialect) => Tokens.Expand(SqlFiles.Read(dialect, Name));
}
