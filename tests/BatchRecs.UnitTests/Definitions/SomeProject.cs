using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.UnitTests.Definitions;

/// <summary>A project folder with a job file <c>jobs/movies.yaml</c>; gone after the test.</summary>
sealed class SomeProject : IDisposable
{
    /// <summary>The shortest job that is complete.</summary>
    public const string ShortestJob = """
        recommender: movies
        sources:
          - table: ratings
            columns: { user: user_id, item: movie_id, time: rated_at }
        """;

    public string Root { get; } = Directory.CreateTempSubdirectory("batchrecs-project-").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>Writes a file of the project.</summary>
    public void Write(string path, string text)
    {
        string full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    /// <summary>Reads a job file with this text.</summary>
    public LoadedJob Load(string text)
    {
        Write("jobs/movies.yaml", text);
        return JobFile.Load("jobs/movies.yaml", Root);
    }

    /// <summary>Reads a job file with this text and returns what is wrong with it, a line each.</summary>
    public string[] MistakesIn(string text) =>
        Assert.Throws<ConfigurationException>(() => Load(text)).Message.Split(Environment.NewLine);

    /// <summary>Reads the shortest job with these lines below it and returns what is wrong with it, a line each.</summary>
    public string[] MistakesBelow(string lines) => MistakesIn($"{ShortestJob}\n{lines}");
}
