using System.Data.Common;
using System.Reflection;
using BatchRecs.Core.Data;

namespace BatchRecs.Benchmarks.Store;

/// <summary>One way to keep lists in a store.</summary>
abstract class ListForm(string name)
{
    /// <summary>Gets its name.</summary>
    public string Name { get; } = name;

    /// <summary>Loads all lists: with index, statistics and whatever makes them readable.</summary>
    public abstract Task LoadAsync(SyntheticLists lists, CancellationToken token);

    /// <summary>Returns how many bytes the lists take, with indexes and what is stored out of line.</summary>
    public abstract Task<long> BytesAsync(CancellationToken token);

    /// <summary>Opens a connection to read with.</summary>
    public abstract Task<DbConnection> OpenAsync(CancellationToken token);

    /// <summary>Gets the statement that reads a user's whole list through the view; its parameter is <c>userId</c>.</summary>
    public abstract string WholeList { get; }

    /// <summary>Gets the statement that reads the first ten rows through the view.</summary>
    public abstract string TopTen { get; }

    /// <summary>Gets what an application calls for ten rows with a fallback; null if this form was not given one.</summary>
    public abstract string? For { get; }

    /// <summary>Checks the lists against what was loaded; null if this form has no such check.</summary>
    public virtual Task<bool> VerifyAsync(SyntheticLists lists, CancellationToken token) => Task.FromResult(false);

    /// <summary>Returns a user's id as a parameter.</summary>
    public static object Id(IdMap users, int index) => users.Kind == IdKind.Text ? users.Texts[index] : (int)users.Integers[index];

    /// <summary>Returns a statement of this project.</summary>
    protected static string Sql(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"sql/{name}.sql")!;
        using var reader = new StreamReader(stream);
        // The driver wants a load to begin with COPY, so the comment in the first line stays behind.
        string text = reader.ReadToEnd();
        return text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }
}
