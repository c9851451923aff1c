using BatchRecs.Host.Cli.Views;
using BatchRecs.Store.Import;

namespace BatchRecs.Host.Demo;

/// <summary>A data set that comes with BatchRecs and the job that recommends from it.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">What the data are, in one line.</param>
/// <param name="JobFile">Path of the job file, relative to the project root.</param>
/// <param name="Store">The store that the data are loaded into.</param>
/// <param name="Tables">The files to load.</param>
/// <param name="Words">The words that fit the data.</param>
sealed record DemoSample(string Name, string Title, string JobFile, string Store, IReadOnlyList<DemoTable> Tables, DemoWords Words)
{
    /// <summary>Gets the samples; the first one is the default.</summary>
    public static IReadOnlyList<DemoSample> All { get; } =
    [
        new(
            "retail",
            "Online Retail: 396,337 purchases of 3,659 articles by 4,334 customers, 2010-12 to 2011-12 (CC0)",
            "jobs/online_retail.yaml",
            "demo",
            [
                new("samples/online-retail/interactions.csv.gz", "shop_purchases", ("quantity", CsvColumnType.Integer)),
                new("samples/online-retail/items.csv.gz", "shop_articles"),
            ],
            new DemoWords("customer", "bought lately", "bought", "to buy again")),
        new(
            "movies",
            "MovieTweetings: 100,000 ratings of 10,506 films by 16,554 people, 2013-02 to 2013-09 (MIT)",
            "jobs/movietweetings.yaml",
            "demo",
            [
                new("samples/movietweetings/ratings.csv.gz", "film_ratings", ("rating", CsvColumnType.Integer)),
                new("samples/movietweetings/movies.csv.gz", "films"),
            ],
            new DemoWords("person", "rated lately", "liked")),
    ];
}

/// <summary>A file of a sample and the table that it is loaded into.</summary>
/// <param name="File">Path of a CSV file with a header, gzipped, relative to the project root.</param>
/// <param name="Table">The table.</param>
/// <param name="Numbers">Columns that are no text; ids are always text.</param>
sealed record DemoTable(string File, string Table, params (string Column, CsvColumnType Type)[] Numbers);
