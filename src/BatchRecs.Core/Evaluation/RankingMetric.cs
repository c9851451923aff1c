using System.Text.Json.Serialization;

namespace BatchRecs.Core.Evaluation;

/// <summary>Metrics of one user's list against the user's test items T, cut at N ranks; hₖ is 1 where rank k is a hit.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RankingMetric>))]
public enum RankingMetric
{
    /// <summary>Σ h / N; N also where the list is shorter.</summary>
    [JsonStringEnumMemberName("precision")]
    Precision,

    /// <summary>Σ h / |T|.</summary>
    [JsonStringEnumMemberName("recall")]
    Recall,

    /// <summary>Σ h / min(N, |T|): 1 is within reach whatever |T|.</summary>
    [JsonStringEnumMemberName("recallMin")]
    RecallMin,

    /// <summary>1 if there is a hit.</summary>
    [JsonStringEnumMemberName("hitRate")]
    HitRate,

    /// <summary>Σ hₖ / log₂(k + 1), divided by the same sum of a perfect list of min(N, |T|) hits.</summary>
    [JsonStringEnumMemberName("ndcg")]
    Ndcg,

    /// <summary>Σ hₖ · precision at k / min(N, |T|).</summary>
    [JsonStringEnumMemberName("averagePrecision")]
    AveragePrecision,

    /// <summary>1 / rank of the first hit, or 0.</summary>
    [JsonStringEnumMemberName("reciprocalRank")]
    ReciprocalRank,
}
