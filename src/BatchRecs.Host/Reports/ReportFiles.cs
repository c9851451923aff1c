using System.Text;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.Host.Cli;

namespace BatchRecs.Host.Reports;

/// <summary>Writes a report as a page, and beside it the same figures as JSON.</summary>
/// <param name="page">The file of the page; the other one has the ending <c>.json</c>.</param>
sealed class ReportFiles(string page)
{
    /// <summary>Gets the file of the page.</summary>
    public string Page { get; } = page;

    /// <summary>Gets the file of the figures.</summary>
    public string Figures { get; } = Path.ChangeExtension(page, ".json");

    /// <summary>Returns where the report of a recommender goes when nobody says otherwise.</summary>
    public static ReportFiles Default(string projectRoot, string recommender) =>
        new(Path.Combine(projectRoot, ".batchrecs", "reports", $"{recommender}-evaluation.html"));

    /// <summary>Writes both files; each is complete or as it was before.</summary>
    /// <exception cref="ConfigurationException">A file cannot be written.</exception>
    public void Write(string recommender, EvaluationReport report, DateTimeOffset madeAt)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Page))!);
            Replace(Page, new EvaluationPage(recommender, report, madeAt).ToHtml());
            using var json = new StringWriter { NewLine = "\n" };
            JsonOutput.Write(json, report);
            Replace(Figures, json.ToString());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                $"The report cannot be written to {Page}: {error.Message} Expected a file in a folder that may be written to; "
                + "name one with --report FILE.",
                error);
        }
    }

    static void Replace(string file, string text)
    {
        string fresh = $"{file}.new";
        File.WriteAllText(fresh, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(fresh, file, overwrite: true);
    }
}
