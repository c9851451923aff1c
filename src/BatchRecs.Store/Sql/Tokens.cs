using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace BatchRecs.Store.Sql;

/// <summary>
/// What the tokens <c>{name}</c> of a statement stand for: quoted identifiers, expressions of them, ids of releases, checked names.
/// </summary>
sealed partial class Tokens
{
    readonly ImmutableDictionary<string, string> _identifiers;

    /// <summary>Creates a set without any token.</summary>
    public Tokens() : this(ImmutableDictionary<string, string>.Empty)
    {
    }

    Tokens(ImmutableDictionary<string, string> identifiers) => _identifiers = identifiers;

    /// <summary>Returns these tokens and one more.</summary>
    /// <param name="name">The word between the braces.</param>
    /// <param name="identifier">A quoted identifier, with its schema where it has one, or an expression that is made of some.</param>
    public Tokens With(string name, string identifier) => new(_identifiers.SetItem(name, identifier));

    /// <summary>Replaces every token of a statement.</summary>
    /// <exception cref="ArgumentException">The statement has a token that is not in this set.</exception>
    public string Expand(string sql) => Token().Replace(sql, match =>
        _identifiers.TryGetValue(match.Groups[1].Value, out string? identifier)
            ? identifier
            : throw new ArgumentException($"The statement has a token {match.Value} that nothing was given for:\n{sql}", nameof(sql)));

    [GeneratedRegex(@"\{([a-zA-Z]+)\}")]
    private static partial Regex Token();
}
