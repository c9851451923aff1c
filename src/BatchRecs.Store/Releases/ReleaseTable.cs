namespace BatchRecs.Store.Releases;

/// <summary>The kinds of rows that a release has.</summary>
public enum ReleaseTable
{
    /// <summary>The main lists: recommendations of each user.</summary>
    Main,

    /// <summary>Lists of items to take again.</summary>
    Again,

    /// <summary>Similar items.</summary>
    Similar,

    /// <summary>Popular and trending lists.</summary>
    Popular,

    /// <summary>Statistics of items.</summary>
    Items,

    /// <summary>Places of the main lists that were given to drawn items.</summary>
    Exploration,
}

/// <summary>How the rows of each kind are keyed and loaded.</summary>
static class ReleaseTableExtensions
{
    extension(ReleaseTable table)
    {
        /// <summary>Gets a value indicating whether the rows are lists of recommendations.</summary>
        public bool IsList => table is ReleaseTable.Main or ReleaseTable.Again;

        /// <summary>Gets the key columns inside a release, where every rank has a row.</summary>
        public string[] Key => table switch
        {
            ReleaseTable.Main or ReleaseTable.Again or ReleaseTable.Exploration => ["user_id", "rank"],
            ReleaseTable.Similar => ["item_id", "rank"],
            ReleaseTable.Popular => ["segment", "kind", "rank"],
            _ => ["item_id"],
        };

        /// <summary>Gets the form of the rows: the last part of the names of the statements that create and load them.</summary>
        public string Form => table switch
        {
            ReleaseTable.Main or ReleaseTable.Again => "list",
            ReleaseTable.Similar => "similar",
            ReleaseTable.Popular => "popular",
            ReleaseTable.Exploration => "exploration",
            _ => "items",
        };

        /// <summary>Gets the end of the name of the view that shows the rows.</summary>
        public string View => table switch
        {
            ReleaseTable.Main => "recommendations",
            ReleaseTable.Again => "again",
            ReleaseTable.Similar => "similar_items",
            ReleaseTable.Popular => "popular",
            ReleaseTable.Exploration => "exploration",
            _ => "items",
        };
    }
}
