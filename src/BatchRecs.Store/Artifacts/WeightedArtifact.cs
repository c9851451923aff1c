using BatchRecs.Core.Data;
using BatchRecs.Core.Weighing;

namespace BatchRecs.Store.Artifacts;

/// <summary>Keeps weighted interactions as an artifact.</summary>
public static class WeightedArtifact
{
    /// <summary>Writes the files.</summary>
    public static void Write(ArtifactWriter writer, WeightedInteractions weighted)
    {
        var matrix = weighted.UserItems;
        writer.WriteArray<long>("offsets", matrix.RowPtr);
        writer.WriteArray<int>("items", matrix.ColIndex);
        writer.WriteArray<float>("weights", matrix.Weights);
        if (matrix.Targets is not null)
            writer.WriteArray<float>("targets", matrix.Targets);
        writer.WriteArray<int>("distinct-users", weighted.DistinctUsers);
        writer.WriteArray<double>("popularity", weighted.Popularity);
        writer.WriteArray<double>("propensities", weighted.Propensities);
        writer.WriteJson("weigh", new Facts(matrix.RowCount, matrix.ColumnCount, weighted.LeftOut, weighted.EffectiveSampleSize));
    }

    /// <summary>Reads the weighted interactions.</summary>
    /// <exception cref="InvalidDataException">A file does not hold what this version writes.</exception>
    public static WeightedInteractions Read(ArtifactReader reader)
    {
        var facts = reader.ReadJson<Facts>("weigh");
        return new WeightedInteractions
        {
            UserItems = new SparseMatrix(
                facts.Users,
                facts.Items,
                reader.ReadArray<long>("offsets"),
                reader.ReadArray<int>("items"),
                reader.ReadArray<float>("weights"),
                reader.HasArray("targets") ? reader.ReadArray<float>("targets") : null),
            DistinctUsers = reader.ReadArray<int>("distinct-users"),
            Popularity = reader.ReadArray<double>("popularity"),
            Propensities = reader.ReadArray<double>("propensities"),
            LeftOut = facts.LeftOut,
            EffectiveSampleSize = facts.EffectiveSampleSize,
        };
    }

    sealed record Facts(int Users, int Items, IReadOnlyDictionary<string, long> LeftOut, double EffectiveSampleSize);
}
