namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>The job of the generated shop, a line per top-level key, so that a test replaces what it is about.</summary>
sealed class ShopJob
{
    public const string Name = "shop";

    readonly Dictionary<string, string> _sections = new()
    {
        ["recommender"] = Name,
        ["asOf"] = "latest-event",
        ["timeZone"] = "Europe/Berlin",
        ["sources"] = "[ { table: events, columns: { user: user_id, item: item_id, time: at, value: value, event: kind } } ]",
        ["items"] = """{ table: items, columns: { item: item_id, title: title, categories: { column: categories, separator: "|" } } }""",
        ["events"] = "{ purchase: { halfLife: 60d }, view: { weight: 0.3, halfLife: 30d }, rating: { minValue: 3, value: rating } }",
        ["scorers"] = "{ als: { factors: 8, iterations: 4 }, recent: { halfLife: tuned } }",
        ["evaluate"] = "{ holdout: 20%, at: [5, 10] }",
        ["precompute"] = "{ count: 10, candidates: 40, reasons: 5 }",
        ["again"] = "{ count: 5 }",
        ["similar"] = "{ count: 4 }",
        ["popular"] = "{ count: 10, trendingMinUsers: 3 }",
        ["guard"] = "{ noWorseThan: [], champion: none }",
        ["threads"] = "2",
    };

    /// <summary>Replaces a top-level key; an empty value takes it out.</summary>
    public ShopJob With(string key, string value)
    {
        _sections[key] = value;
        return this;
    }

    public override string ToString() =>
        string.Concat(_sections.Where(section => section.Value.Length > 0).Select(section => $"{section.Key}: {section.Value}\n"));
}
