using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Releases;

/// <summary>The names of everything that belongs to one recommender.</summary>
sealed class RecommenderNames
{
    readonly Database _database;

    /// <summary>Works out the names for a store.</summary>
    public RecommenderNames(Database database, RecommenderSpec spec)
    {
        _database = database;
        Spec = spec;
        Tokens = database.FixedTokens()
            .With("pointer", database.Internal(spec.Name + "_current"))
            .With("pointerTrigger", Database.Quote($"{database.Names.Internal}_{spec.Name}_moves"))
            // The name was checked: letters, digits and underscores.
            .With("recommenderText", $"'{spec.Name}'")
            .With("seen", database.Internal(spec.Name + "_seen"))
            .With("recommendationsView", ViewOf(ReleaseTable.Main))
            .With("againView", ViewOf(ReleaseTable.Again))
            .With("similarView", ViewOf(ReleaseTable.Similar))
            .With("popularView", ViewOf(ReleaseTable.Popular))
            .With("drawn", Parent(ReleaseTable.Exploration))
            .With("for", database.Contract(spec.Name + "_for"))
            .With("forName", Database.Quote(spec.Name + "_for"))
            .With("userType", database.TypeOf(spec.UserKind))
            .With("itemType", database.TypeOf(spec.ItemKind))
            .With("userForm", database.TypeOf(Widest(spec.UserKind)))
            .With("itemForm", database.TypeOf(Widest(spec.ItemKind)));
    }

    /// <summary>Gets the recommender.</summary>
    public RecommenderSpec Spec { get; }

    /// <summary>Gets the tokens of statements on this recommender.</summary>
    public Tokens Tokens { get; }

    /// <summary>Gets the kinds of rows that this recommender has.</summary>
    public IEnumerable<ReleaseTable> Tables =>
        Enum.GetValues<ReleaseTable>().Where(table => table switch
        {
            ReleaseTable.Main or ReleaseTable.Similar => Spec.HasLists,
            ReleaseTable.Again => Spec is { HasLists: true, HasAgain: true },
            ReleaseTable.Exploration => Spec is { HasLists: true, HasExploration: true },
            _ => true,
        });

    /// <summary>Returns the bare name of the table that holds the rows of all releases, or their partitions.</summary>
    public string ParentName(ReleaseTable table) => $"{Spec.Name}_{Lower(table)}";

    /// <summary>Returns the quoted name of the table that holds the rows of all releases, or their partitions.</summary>
    public string Parent(ReleaseTable table) => _database.Internal(ParentName(table));

    /// <summary>Returns the bare name of a release's own table. At most 63 bytes for up to 10¹³ releases.</summary>
    public string ChildName(ReleaseTable table, long releaseId) =>
        string.Create(CultureInfo.InvariantCulture, $"{ParentName(table)}_r{releaseId}");

    /// <summary>Returns the quoted name of a release's own table.</summary>
    public string Child(ReleaseTable table, long releaseId) => _database.Internal(ChildName(table, releaseId));

    /// <summary>Returns the quoted name of the view that readers see.</summary>
    public string ViewOf(ReleaseTable table) => _database.Contract($"{Spec.Name}_{table.View}");

    /// <summary>Lists the quoted names of everything this recommender has or may come to have, to find clashes.</summary>
    public IEnumerable<string> Everything() =>
    [
        _database.Internal(Spec.Name + "_current"),
        _database.Internal(Spec.Name + "_seen"),
        _database.Contract(Spec.Name + "_for"),
        .. Enum.GetValues<ReleaseTable>().SelectMany(table => (string[])[Parent(table), ViewOf(table)]),
    ];

    /// <summary>Integers of all widths are read back in one form.</summary>
    static IdKind Widest(IdKind kind) => kind <= IdKind.Int64 ? IdKind.Int64 : kind;

    static string Lower(ReleaseTable table) => table.ToString().ToLowerInvariant();
}
