using System.Text.Json;
using BatchRecs.Core.Ranking;
using BatchRecs.Host.Cli.Views;

namespace BatchRecs.Host.Cli.Rendering;

/// <summary>Enum members and codes in plain words.</summary>
static class Words
{
    /// <summary>The words of an enum member, as in the ledger and in job files: <c>DryRun</c> → <c>dry-run</c>.</summary>
    public static string Of<TEnum>(TEnum value) where TEnum : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>Why an item is in a list: <c>because you bought RED CUP</c>.</summary>
    /// <param name="row">The recommendation.</param>
    /// <param name="verb">What users do with items: <c>took</c>, <c>bought</c>, <c>liked</c>.</param>
    public static string Reason(RecommendationRow row, string verb = "took") => row.ReasonCode switch
    {
        null => "",
        ReasonCodes.Because => $"because you {verb} {row.BecauseTitle ?? row.BecauseItemId}",
        ReasonCodes.PopularNow => "popular now",
        ReasonCodes.Popular => "popular",
        ReasonCodes.Again => $"you {verb} it before",
        _ => row.ReasonCode,
    };
}
