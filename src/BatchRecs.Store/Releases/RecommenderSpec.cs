using System.Text.RegularExpressions;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;

namespace BatchRecs.Store.Releases;

/// <summary>What the store needs to know of a recommender to make its tables and views.</summary>
/// <param name="Name">Its name: <c>^[a-z][a-z0-9_]{0,39}$</c>.</param>
/// <param name="UserKind">Type of the user ids.</param>
/// <param name="ItemKind">Type of the item ids.</param>
/// <param name="HasAgain">True = it has a list of items to take again.</param>
/// <param name="Eligible">What may be shown now; null = everything.</param>
/// <param name="Seen">What users have just taken; null = nothing.</param>
/// <param name="HasLists">False = it has popular lists and statistics of items, but no lists of users and no similar items.</param>
public sealed partial record RecommenderSpec(
    string Name,
    IdKind UserKind,
    IdKind ItemKind,
    bool HasAgain = false,
    EligibleItems? Eligible = null,
    TakenItems? Seen = null,
    bool HasLists = true)
{
    /// <summary>Refuses a name that cannot be part of the names of tables.</summary>
    /// <param name="names">The schema names of the store.</param>
    /// <exception cref="ConfigurationException">The name has another form, or it could be mistaken for an internal object.</exception>
    internal void Check(SchemaNames names)
    {
        if (!NameForm().IsMatch(Name))
            throw new ConfigurationException(
                $"recommender '{Name}': expected a lower-case letter, then at most 39 lower-case letters, digits and underscores.");
        if (Name == names.Internal || Name.StartsWith(names.Internal + "_", StringComparison.Ordinal))
            throw new ConfigurationException(
                $"recommender '{Name}': names that begin with '{names.Internal}' are kept for internal tables. Choose another.");
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,39}\z")]
    private static partial Regex NameForm();
}

/// <summary>A table or view in the store that lists the items which may be shown now.</summary>
/// <param name="Table">Its name, with its schema where it has one.</param>
/// <param name="Item">Its column of item ids.</param>
public sealed record EligibleItems(string Table, string Item);

/// <summary>A table or view in the store that lists what users have just taken.</summary>
/// <param name="Table">Its name, with its schema where it has one.</param>
/// <param name="User">Its column of user ids.</param>
/// <param name="Item">Its column of item ids.</param>
public sealed record TakenItems(string Table, string User, string Item);

/// <summary>A recommender as a store remembers it.</summary>
sealed record RecommenderRow
{
    /// <summary>The value of <see cref="HasAgain"/> of a recommender without any lists of users.</summary>
    public const int NoLists = -1;

    public string Name { get; init; } = "";

    public string UserKind { get; init; } = "";

    public string ItemKind { get; init; } = "";

    public int HasAgain { get; init; }

    public string? EligibleTable { get; init; }

    public string? EligibleItem { get; init; }

    public string? SeenTable { get; init; }

    public string? SeenUser { get; init; }

    public string? SeenItem { get; init; }

    public string SetupHash { get; init; } = "";

    /// <summary>Returns the row as the specification that it was made from.</summary>
    public RecommenderSpec ToSpec() => new(
        Name,
        Enum.Parse<IdKind>(UserKind),
        Enum.Parse<IdKind>(ItemKind),
        HasAgain == 1,
        EligibleTable is null ? null : new EligibleItems(EligibleTable, EligibleItem!),
        SeenTable is null ? null : new TakenItems(SeenTable, SeenUser!, SeenItem!),
        HasLists: HasAgain != NoLists);
}
