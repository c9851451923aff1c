using BatchRecs.Core.ReRanking;
using BatchRecs.Pipeline.Yaml;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Checks that the keys of each rule fit together, and that its segment exists.</summary>
/// <param name="job">The complete definition.</param>
/// <param name="problems">Where mistakes are noted.</param>
sealed class RuleChecks(RefreshJob job, KeyProblems problems)
{
    /// <summary>Checks everything.</summary>
    public void Check()
    {
        for (int n = 0; n < job.Rules.Count; n++)
        {
            CheckItems(job.Rules[n], $"rules[{n}]");
            CheckValue(job.Rules[n], $"rules[{n}]");
            if (job.Rules[n].Segment is { } segment && !job.Segments.ContainsKey(segment))
                problems.Add(
                    $"rules[{n}].segment", $"'{segment}' is not among segments; {Suggestion.For(segment, [.. job.Segments.Keys])}");
        }
    }

    void CheckItems(RuleOptions rule, string key)
    {
        string[] found =
        [
            .. rule.Items is null ? [] : new[] { "items" },
            .. rule.Category is null ? [] : new[] { "category" },
            .. rule.Query is null ? [] : new[] { "query" },
        ];
        if (found.Length != 1)
            problems.Add(
                key, $"found {(found.Length == 0 ? "none" : string.Join(" and ", found))}; expected one of items, category and query.");
        if (rule.Category is not null && job.Items?.Columns.Categories is null)
            problems.Add(
                $"{key}.category", "items.columns.categories says no category of any item; expected it beside a rule by category.");
        if (rule.Action is null && rule.Query is null)
            problems.Add(
                $"{key}.action", "missing; expected one of: pin, boost, bury, block. Only the rows of a query can say it instead.");
        if (rule.Action is null && rule.Segment is not null)
            problems.Add(
                $"{key}.segment", "found a segment beside a query without action; expected the fourth column of the query to name it.");
    }

    void CheckValue(RuleOptions rule, string key)
    {
        if (rule.Action == RuleAction.Pin && rule.Rank is null)
            problems.Add($"{key}.rank", "missing; expected the rank to pin at, from 1.");
        if (rule.Rank is { } rank && rule.Action != RuleAction.Pin)
            problems.Add($"{key}.rank", "found beside another action; expected it beside action: pin only.");
        else if (rule.Rank > job.Precompute.Count)
            problems.Add($"{key}.rank", $"found {rule.Rank}; expected at most precompute.count, {job.Precompute.Count}.");
        if (rule.Action == RuleAction.Boost && rule.Factor is not >= 1)
            problems.Add($"{key}.factor", $"found {Text(rule.Factor)}; expected a number from 1: what lowers is bury.");
        if (rule.Action == RuleAction.Bury && rule.Factor is >= 1)
            problems.Add($"{key}.factor", $"found {Text(rule.Factor)}; expected a number below 1: what raises is boost.");
        if (rule.Factor is not null && rule.Action is not (RuleAction.Boost or RuleAction.Bury))
            problems.Add($"{key}.factor", "found beside another action; expected it beside boost or bury only.");
    }

    static string Text(double? factor) => factor is { } number ? FormattableString.Invariant($"{number}") : "none";
}
