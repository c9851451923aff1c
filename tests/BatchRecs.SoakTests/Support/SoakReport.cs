using System.Text.Json;
using System.Text.Json.Nodes;

namespace BatchRecs.SoakTests.Support;

/// <summary>What a loop counted and measured: a file under <c>artifacts/soak</c>, whose summary the test script prints.</summary>
static class SoakReport
{
    static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the figures of a loop.</summary>
    /// <param name="loop">Name of the loop; names the file.</param>
    /// <param name="summary">One line for a reader; no quotes.</param>
    /// <param name="figures">All figures.</param>
    public static void Write(string loop, string summary, object figures)
    {
        var report = new JsonObject { ["summary"] = summary };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(figures, JsonSerializerOptions.Web)!.AsObject())
            report[name] = value?.DeepClone();
        string folder = Path.Combine(Root(), "artifacts", "soak");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"{loop}.json"), report.ToJsonString(Indented) + "\n");
    }

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BatchRecs.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie below the folder of BatchRecs.sln.");
    }
}
