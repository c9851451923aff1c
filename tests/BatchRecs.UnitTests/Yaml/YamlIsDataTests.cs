using BatchRecs.UnitTests.Definitions;

namespace BatchRecs.UnitTests.Yaml;

/// <summary>A YAML file is data: nothing in it names a type, reads another file, multiplies itself or exhausts the reader.</summary>
public sealed class YamlIsDataTests : IDisposable
{
    readonly SomeProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("threads: !!BatchRecs.UnitTests.Yaml.Trap {}", "tag:yaml.org,2002:BatchRecs.UnitTests.Yaml.Trap")]
    [InlineData("threads: !BatchRecs.UnitTests.Yaml.Trap {}", "!BatchRecs.UnitTests.Yaml.Trap")]
    [InlineData(
        "threads: !<tag:yaml.org,2002:System.Diagnostics.Process> { StartInfo: { FileName: touch } }",
        "tag:yaml.org,2002:System.Diagnostics.Process")]
    [InlineData("threads: !include /etc/passwd", "!include")]
    public void A_tag_is_refused_with_its_line_and_makes_nothing(string line, string tag)
    {
        string[] mistakes = _project.MistakesBelow(line);

        Assert.Equal($"jobs/movies.yaml:5: threads: found the tag '{tag}'; expected the value alone: tags are not read.", mistakes[0]);
        Assert.Equal(0, Trap.Made);
    }

    [Fact]
    public void Aliases_that_multiply_are_refused_before_they_do()
    {
        string laughs = string.Join('\n', Enumerable.Range(1, 30)
            .Select(n => $"l{n}: &l{n} [{string.Join(", ", Enumerable.Repeat($"*l{n - 1}", 10))}]")
            .Prepend("l0: &l0 [ha, ha]"));

        string[] mistakes = _project.MistakesIn(laughs);

        Assert.Contains("jobs/movies.yaml:2: l1[0]: found the alias '*l0'; expected the value itself: aliases are not read.", mistakes);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    public void Nesting_beyond_all_need_is_refused_with_its_line(string open, string close)
    {
        string deep = string.Concat(Enumerable.Repeat(open, 20_000)) + string.Concat(Enumerable.Repeat(close, 20_000));

        string mistake = Assert.Single(_project.MistakesBelow($"threads: {deep}"));

        Assert.StartsWith("jobs/movies.yaml:5: not valid YAML: ", mistake, StringComparison.Ordinal);
        Assert.Contains("nested more than 50 deep", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_file_is_refused_unread() =>
        Assert.Equal(
            ["jobs/movies.yaml:1: found a file of 10MB; expected a text of at most 1MB."],
            _project.MistakesIn(new string('#', 10_000_000)));
}

/// <summary>What a reader that makes types by their names would make.</summary>
public sealed class Trap
{
    public Trap() => Made++;

    public static int Made { get; private set; }
}
