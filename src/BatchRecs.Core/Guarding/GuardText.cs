using System.Globalization;

namespace BatchRecs.Core.Guarding;

/// <summary>Figures in the sentences of guards: the same on every machine.</summary>
static class GuardText
{
    /// <summary>Writes a text whose figures have a point and a comma whatever the machine's culture.</summary>
    public static string Of(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes a share as a percentage with at most two digits after the point.</summary>
    public static string Percent(double share) => Of($"{share * 100:0.##} %");

    /// <summary>Writes a relative difference as a percentage with its sign.</summary>
    public static string Signed(double share) => Of($"{share * 100:+0.##;-0.##;0} %");

    /// <summary>Says which of the compared runs is most alike.</summary>
    public static string NearestOf(int count) => count == 1 ? Runs(1) : $"the most similar of {Runs(count)}";

    /// <summary>Says how many runs are compared with.</summary>
    public static string Runs(int count) => count == 1 ? "the last good run" : $"the last {count} good runs";
}
