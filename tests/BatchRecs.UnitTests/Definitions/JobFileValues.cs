namespace BatchRecs.UnitTests.Definitions;

/// <summary>A value, other than the default, for every key of <see cref="SomeFile.Job"/>.</summary>
static class JobFileValues
{
    /// <summary>Gets the value of every key, as JSON.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new (string Key, string Value)[]
    {
        ("kind", "\"refresh\""),
        ("recommender", "\"films\""),
        ("stores.warehouse", "\"other\""),
        ("stores.serving", "\"other\""),
        ("timeZone", "\"Europe/Berlin\""),
        ("asOf", "\"latest-event\""),
        ("sources[].table", "\"other\""),
        ("sources[].query", "\"jobs/queries/other.sql\""),
        ("sources[].columns.user", "\"other\""),
        ("sources[].columns.item", "\"other\""),
        ("sources[].columns.time", "\"other\""),
        ("sources[].columns.value", "\"other\""),
        ("sources[].columns.event", "\"other\""),
        ("sources[].event", "\"view\""),
        ("sources[].eventNames", """{ "seen": "view" }"""),
        ("sources[].timeUnit", "\"milliseconds\""),
        ("sources[].incremental.watermark", "\"other\""),
        ("sources[].incremental.key", "\"other\""),
        ("sources[].incremental.overlap", "10000"),
        ("sources[].incremental.deleted.table", "\"other\""),
        ("sources[].incremental.deleted.query", "\"jobs/queries/other.sql\""),
        ("sources[].incremental.deleted.key", "\"other\""),
        ("sources[].incremental.deleted.watermark", "\"other\""),
        ("window", "\"100d\""),
        ("incremental.overlap", "\"1d\""),
        ("incremental.fullEvery", "\"30d\""),
        ("incremental.verify", "\"none\""),
        ("rejects.maxShare", "0.5"),
        ("rejects.sample", "20"),
        ("rejects.show", "3"),
        ("items.table", "\"other\""),
        ("items.query", "\"jobs/queries/other.sql\""),
        ("items.columns.item", "\"other\""),
        ("items.columns.title", "\"other\""),
        ("items.columns.categories.column", "\"other\""),
        ("items.columns.categories.separator", "\" \""),
        ("events.NAME.weight", "2"),
        ("events.NAME.halfLife", "\"never\""),
        ("events.NAME.minValue", "-1.5"),
        ("events.NAME.value", "\"log1p\""),
        ("weights.floor", "0"),
        ("weights.saturation", "0.5"),
        ("weights.maxPerPair", "1"),
        ("weights.maxItemsPerUser", "100"),
        ("weights.propensity.exponent", "1"),
        ("weights.propensity.floor", "0.1"),
        ("weights.propensity.training", "0.5"),
        ("scorers.als.factors", "64"),
        ("scorers.als.iterations", "3"),
        ("scorers.als.unobservedWeight", "1e-2"),
        ("scorers.als.regularization", "0"),
        ("scorers.als.regularizationExponent", "0.5"),
        ("scorers.recent.halfLife", "\"36h\""),
        ("blend", """{ "als": 1, "recent": 0.5, "popular": 0 }"""),
        ("evaluate.when", "\"nightly\""),
        ("evaluate.holdout", "\"20%\""),
        ("evaluate.validation", "\"7d\""),
        ("evaluate.at", "[5, 50]"),
        ("users.active", "\"30d\""),
        ("exclude.items", "\"jobs/queries/other.sql\""),
        ("exclude.pairs", "\"jobs/queries/other.sql\""),
        ("privacy.forget", "\"jobs/queries/other.sql\""),
        ("privacy.optOut", "\"jobs/queries/other.sql\""),
        ("precompute.count", "50"),
        ("precompute.candidates", "500"),
        ("precompute.seen.events", "[\"rating\"]"),
        ("precompute.seen.within", "\"30d\""),
        ("precompute.reasons", "0"),
        ("precompute.rerank[mmr].lambda", "0.5"),
        ("precompute.rerank[mmr].similarity", "\"categories\""),
        ("precompute.rerank[caps].atMost", "2"),
        ("precompute.rerank[caps].apart", "false"),
        ("precompute.rerank[caps].depth", "20"),
        ("precompute.rerank[novelty].lambda", "0.2"),
        ("precompute.rerank[calibration].lambda", "0.3"),
        ("precompute.rerank[xquad].lambda", "0.3"),
        ("precompute.rerank[dpp].lambda", "0.3"),
        ("precompute.rerank[dpp].similarity", "\"categories\""),
        ("segments", """{ "club": "jobs/queries/other.sql" }"""),
        ("rules[].action", "\"block\""),
        ("rules[].items", "[\"b\"]"),
        ("rules[].category", "\"new\""),
        ("rules[].query", "\"jobs/queries/other.sql\""),
        ("rules[].rank", "2"),
        ("rules[].factor", "3"),
        ("rules[].segment", "\"club\""),
        ("again.count", "5"),
        ("again.halfLife", "\"30d\""),
        ("again.events", "[\"view\"]"),
        ("similar.count", "0"),
        ("popular.count", "10"),
        ("popular.halfLife", "\"1d\""),
        ("popular.trendingWindow", "\"12h\""),
        ("popular.trendingMinUsers", "2"),
        ("live.eligible.table", "\"other\""),
        ("live.eligible.item", "\"other\""),
        ("live.seen.table", "\"other\""),
        ("live.seen.user", "\"other\""),
        ("live.seen.item", "\"other\""),
        ("guard.minUsers", "1000"),
        ("guard.minListLength", "20"),
        ("guard.minCoverage", "0.2"),
        ("guard.depth", "20"),
        ("guard.noWorseThan", "[]"),
        ("publish.keepReleases", "2"),
        ("artifacts.keep", "3"),
        ("artifacts.maxAge", "\"7d\""),
        ("artifacts.maxSize", "\"1GB\""),
        ("limits.memory", "\"8GB\""),
        ("limits.disk", "\"1TB\""),
        ("seed", "9223372036854775807"),
        ("threads", "7"),
    }.ToDictionary(entry => entry.Key, entry => entry.Value);

    /// <summary>Returns the place of a key in <see cref="SomeFile.Job"/>: the source that has it, the event type <c>rating</c>.</summary>
    public static string Concrete(string key)
    {
        bool isOfSecond = key is "sources[].query" or "sources[].eventNames" or "sources[].columns.event"
            or "sources[].incremental.deleted.query";
        return key
            .Replace("[mmr]", "[0]", StringComparison.Ordinal)
            .Replace("[caps]", "[1]", StringComparison.Ordinal)
            .Replace("[novelty]", "[2]", StringComparison.Ordinal)
            .Replace("[calibration]", "[3]", StringComparison.Ordinal)
            .Replace("[xquad]", "[4]", StringComparison.Ordinal)
            .Replace("[dpp]", "[5]", StringComparison.Ordinal)
            .Replace("rules[].rank", "rules[1].rank", StringComparison.Ordinal)
            .Replace("rules[].category", "rules[2].category", StringComparison.Ordinal)
            .Replace("rules[].action", "rules[3].action", StringComparison.Ordinal)
            .Replace("rules[].query", "rules[3].query", StringComparison.Ordinal)
            .Replace("[]", isOfSecond ? "[1]" : "[0]", StringComparison.Ordinal)
            .Replace("NAME", "rating", StringComparison.Ordinal);
    }
}
