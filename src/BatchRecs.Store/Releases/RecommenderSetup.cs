using System.Security.Cryptography;
using System.Text;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Releases;

/// <summary>The statements that make the tables, views and functions of one recommender. All of them may be repeated.</summary>
sealed class RecommenderSetup
{
    readonly Database _database;
    readonly RecommenderSpec _spec;
    readonly RecommenderNames _names;

    /// <summary>Prepares the set-up of a recommender.</summary>
    public RecommenderSetup(Database database, RecommenderSpec spec)
    {
        _database = database;
        _spec = spec;
        _names = new RecommenderNames(database, spec);
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Concat(Objects().Select(statement => statement.Text(database.Dialect))))));
    }

    /// <summary>Gets the hash of the statements: while it stays the same, nothing is set up and no view locked.</summary>
    public string Hash { get; }

    /// <summary>Lists the statements in the order in which they must run.</summary>
    public IEnumerable<Statement> Statements() => Objects().Append(new Statement("serving/save_recommender", _names.Tokens, new
    {
        name = _spec.Name,
        userKind = _spec.UserKind.ToString(),
        itemKind = _spec.ItemKind.ToString(),
        hasAgain = _spec.HasAgain ? 1 : 0,
        eligibleTable = _spec.Eligible?.Table,
        eligibleItem = _spec.Eligible?.Item,
        seenTable = _spec.Seen?.Table,
        seenUser = _spec.Seen?.User,
        seenItem = _spec.Seen?.Item,
        setupHash = Hash,
        hasExploration = _spec.HasExploration ? 1 : 0,
        hasLists = _spec.HasLists ? 1 : 0,
    }));

    IEnumerable<Statement> Objects()
    {
        yield return new Statement("serving/create_pointer", _names.Tokens);
        yield return new Statement("serving/fill_pointer", _names.Tokens);
        yield return new Statement("serving/create_pointer_trigger", _names.Tokens);
        foreach (var table in _names.Tables)
            yield return new Statement($"serving/create_{table.Form}", _names.Tokens.With("table", _names.Parent(table)));
        if (_spec.HasLists)
        {
            // The types of the live relation's columns may differ from those before, so its view is made anew; meanwhile nothing may
            // read it.
            yield return View(ReleaseTable.Main, "serving/create_list_view");
            yield return new Statement("serving/drop_seen", _names.Tokens);
            yield return Seen();
        }
        foreach (var table in _names.Tables)
            yield return View(table);
        // SQLite has no functions: its readers run the query serving/for_user, which the contract documents.
        if (_database.Dialect == "postgres" && _spec.HasLists)
            yield return new Statement("serving/create_function", _names.Tokens);
    }

    Statement Seen() => _spec.Seen is { } seen
        ? new Statement("serving/create_seen", _names.Tokens
            .With("seenTable", Database.QuoteQualified(seen.Table))
            .With("seenUser", _database.LiveId(_spec.UserKind, "taken." + Database.Quote(seen.User)))
            .With("seenItem", _database.LiveId(_spec.ItemKind, "taken." + Database.Quote(seen.Item))))
        : new Statement("serving/create_nothing_seen", _names.Tokens);

    Statement View(ReleaseTable table)
    {
        // What users took is the very content of the list of items to take again, so it hides nothing there.
        string kind = table != ReleaseTable.Main ? table.Form : _spec.HasExploration ? "explored" : "main";
        string statement = $"serving/create_{kind}_view";
        if (_spec.Eligible is not { } eligible || table is ReleaseTable.Items or ReleaseTable.Exploration)
            return View(table, statement);
        var view = View(table, statement + "_eligible");
        return view with
        {
            Tokens = view.Tokens
                .With("eligibleTable", Database.QuoteQualified(eligible.Table))
                .With("eligibleItem", _database.LiveId(_spec.ItemKind, "eligible." + Database.Quote(eligible.Item))),
        };
    }

    Statement View(ReleaseTable table, string statement) =>
        new(statement, _names.Tokens.With("table", _names.Parent(table)).With("view", _names.ViewOf(table)));
}
