using System.Text.Json.Serialization;

namespace BatchRecs.Core.Evaluation;

/// <summary>What a maker of lists is to the evaluation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MakerKind>))]
public enum MakerKind
{
    /// <summary>What is measured: the recipe, or the buy-again list.</summary>
    [JsonStringEnumMemberName("measured")]
    Measured,

    /// <summary>A yardstick that every evaluation has.</summary>
    [JsonStringEnumMemberName("baseline")]
    Baseline,

    /// <summary>Another whole configuration: the champion's, or that of a job file.</summary>
    [JsonStringEnumMemberName("compared")]
    Compared,

    /// <summary>One scorer of the recipe alone.</summary>
    [JsonStringEnumMemberName("scorer")]
    Scorer,
}
