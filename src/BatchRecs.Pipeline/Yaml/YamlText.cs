using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace BatchRecs.Pipeline.Yaml;

/// <summary>Reads the text of a YAML file into its one mapping.</summary>
static class YamlText
{
    /// <summary>Returns the mapping; null, with a problem noted, if the text is not one mapping.</summary>
    public static YamlMappingNode? Parse(string text, Problems problems)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            problems.Add((int)error.Start.Line, "", $"not valid YAML: {error.InnerException?.Message ?? error.Message}");
            return null;
        }
        if (stream.Documents is [{ RootNode: YamlMappingNode mapping }])
            return mapping;
        problems.Add(0, "", stream.Documents.Count switch
        {
            0 => "the file is empty; expected keys and values.",
            1 => "found no keys; expected keys and values, one per line.",
            _ => $"found {stream.Documents.Count} documents; expected one per file.",
        });
        return null;
    }
}
