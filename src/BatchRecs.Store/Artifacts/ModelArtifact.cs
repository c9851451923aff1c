using BatchRecs.Core.Data;

namespace BatchRecs.Store.Artifacts;

/// <summary>Keeps fitted scorers as an artifact, one prefix each.</summary>
public static class ModelArtifact
{
    /// <summary>Writes one model.</summary>
    /// <param name="writer">The artifact.</param>
    /// <param name="scorer">Name of the scorer; its files start with it.</param>
    /// <param name="model">What it has learnt.</param>
    /// <exception cref="ArgumentException">An array has elements of a type that models do not have.</exception>
    public static void Write(ArtifactWriter writer, string scorer, ModelState model)
    {
        foreach (var (name, array) in model.Arrays)
        {
            string file = FileOf(scorer, name);
            switch (array.Elements)
            {
                case float[] elements:
                    writer.WriteArray<float>(file, elements, array.Rows, array.Columns);
                    break;
                case double[] elements:
                    writer.WriteArray<double>(file, elements, array.Rows, array.Columns);
                    break;
                case int[] elements:
                    writer.WriteArray<int>(file, elements, array.Rows, array.Columns);
                    break;
                case long[] elements:
                    writer.WriteArray<long>(file, elements, array.Rows, array.Columns);
                    break;
                default:
                    throw new ArgumentException(
                        $"The array '{name}' is {array.Elements.GetType().Name}; a model holds float, double, int or long.", nameof(model));
            }
        }
        writer.WriteJson(scorer, new Facts([.. model.Arrays.Keys], model.Figures));
    }

    /// <summary>Reads one model.</summary>
    /// <exception cref="InvalidDataException">A file does not hold what this version writes.</exception>
    public static ModelState Read(ArtifactReader reader, string scorer)
    {
        var facts = reader.ReadJson<Facts>(scorer);
        return new ModelState
        {
            Arrays = facts.Arrays.ToDictionary(name => name, name => Read(FileOf(scorer, name), reader)),
            Figures = facts.Figures,
        };
    }

    static ModelArray Read(string file, ArtifactReader reader) => reader.ReadElementType(file) switch
    {
        "<f4" => Array<float>(file, reader),
        "<f8" => Array<double>(file, reader),
        "<i4" => Array<int>(file, reader),
        "<i8" => Array<long>(file, reader),
        var other => throw new InvalidDataException($"{file}.npy holds '{other}'; a model holds float, double, int or long."),
    };

    static ModelArray Array<T>(string file, ArtifactReader reader) where T : unmanaged
    {
        var (elements, rows, columns) = reader.ReadMatrix<T>(file);
        return new ModelArray(elements, rows, columns);
    }

    static string FileOf(string scorer, string array) => $"{scorer}-{array}";

    sealed record Facts(IReadOnlyList<string> Arrays, IReadOnlyDictionary<string, double> Figures);
}
