using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Yaml;
using BatchRecs.UnitTests.Definitions;

namespace BatchRecs.UnitTests.Yaml;

public sealed class YamlTextTests : IDisposable
{
    readonly SomeProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    [InlineData("~\n")]
    public void An_empty_file_is_refused(string text) =>
        Assert.Equal(["jobs/movies.yaml: found an empty file; expected keys and values."], _project.MistakesIn(text));

    [Theory]
    [InlineData("- recommender\n- sources\n")]
    [InlineData("recommender movies\n")]
    public void A_file_without_keys_is_refused(string text) =>
        Assert.Equal(["jobs/movies.yaml:1: found no keys; expected keys and values, as in 'key: value'."], _project.MistakesIn(text));

    [Fact]
    public void Several_documents_in_one_file_are_refused() =>
        Assert.Equal(
            ["jobs/movies.yaml:3: found 2 documents, divided by '---'; expected one per file."],
            _project.MistakesIn("recommender: movies\n---\nrecommender: books\n"));

    [Fact]
    public void One_document_may_begin_with_dashes() =>
        Assert.Equal("movies", _project.Load($"---\n{SomeProject.ShortestJob}\n").Job.Recommender);

    [Fact]
    public void A_key_that_is_there_twice_is_named_with_both_lines() =>
        Assert.Equal(
            ["jobs/movies.yaml:6: threads: found a second time; line 5 has it already. Keep one of them."],
            _project.MistakesBelow("threads: 1\nthreads: 2\n"));

    [Fact]
    public void A_nested_key_that_is_there_twice_is_named_with_its_full_path() =>
        Assert.Equal(
            ["jobs/movies.yaml:8: scorers.als.factors: found a second time; line 7 has it already. Keep one of them."],
            _project.MistakesBelow("scorers:\n  als:\n    factors: 64\n    factors: 32\nblend: { als: 1 }\n"));

    [Fact]
    public void Anchors_and_aliases_are_refused() =>
        Assert.Equal(
            [
                "jobs/movies.yaml:5: users.active: found the anchor '&long'; expected the value alone: anchors are not read.",
                "jobs/movies.yaml:6: window: found the alias '*long'; expected the value itself: aliases are not read.",
            ],
            _project.MistakesBelow("users: { active: &long 365d }\nwindow: *long\n"));

    [Fact]
    public void A_merge_key_is_refused() =>
        Assert.Equal(
            [
                "jobs/movies.yaml:5: similar: found the anchor '&lists'; expected the value alone: anchors are not read.",
                "jobs/movies.yaml:6: popular.<<: found the alias '*lists'; expected the value itself: aliases are not read.",
                "jobs/movies.yaml:6: popular.<<: unknown key; "
                    + "expected one of: count, halfLife, window, trendingWindow, trendingBase, trendingMinUsers.",
            ],
            _project.MistakesBelow("similar: &lists { count: 10 }\npopular: { <<: *lists }\n"));

    [Fact]
    public void A_tag_is_refused() =>
        Assert.Equal(
            ["jobs/movies.yaml:5: threads: found the tag 'tag:yaml.org,2002:int'; expected the value alone: tags are not read."],
            _project.MistakesBelow("threads: !!int 2\n"));

    [Fact]
    public void A_key_that_is_a_list_is_refused() =>
        Assert.Equal(
            ["jobs/movies.yaml:5: found a list or a mapping as a key; expected a word."],
            _project.MistakesBelow("? [threads]\n: 2\n"));

    [Fact]
    public void A_value_without_a_key_is_refused() =>
        Assert.Equal(
            ["jobs/movies.yaml:5: found a value without a key; expected 'key: value'."],
            _project.MistakesBelow("\"\": 2\n"));

    [Fact]
    public void A_file_that_is_not_YAML_is_refused_with_the_line() =>
        Assert.Equal(
            ["jobs/movies.yaml:5: not valid YAML: While parsing a flow sequence, did not find expected ',' or ']'."],
            _project.MistakesBelow("evaluate: { at: [10, 20 }\n"));

    [Fact]
    public void A_tab_is_named_as_the_reason() =>
        Assert.Equal(
            ["jobs/movies.yaml:6: not valid YAML: While scanning a mapping, found invalid tab as indentation."],
            _project.MistakesBelow("users:\n\tactive: 30d\n"));

    [Fact]
    public void A_bracket_that_is_not_closed_is_refused_with_the_line() =>
        Assert.Equal(
            ["jobs/movies.yaml:5: not valid YAML: found no end of what begins here; expected a closing bracket, brace or quote."],
            _project.MistakesBelow("evaluate: { at: [10, 20\nseed: 1\n"));

    [Fact]
    public void Whatever_is_cut_off_or_left_out_of_a_file_never_ends_in_a_bug()
    {
        string text = $"{SomeProject.ShortestJob}\nevents: {{ interaction: {{ halfLife: \"30d\" }} }} # fades\nevaluate:\n  at: [10, 20]\n";

        for (int at = 0; at < text.Length; at++)
        {
            LoadOrRefuse(text[..at]);
            LoadOrRefuse(text.Remove(at, 1));
            foreach (string inserted in (string[])["\"", "\t", "{", "[", "&", "*", "- "])
                LoadOrRefuse(text.Insert(at, inserted));
        }
    }

    void LoadOrRefuse(string text)
    {
        try
        {
            _project.Load(text);
        }
        catch (ConfigurationException error)
        {
            Assert.StartsWith("jobs/movies.yaml", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_can_be_read_is_checked_although_a_key_is_there_twice() =>
        Assert.Equal(
            [
                "jobs/movies.yaml:6: threads: found a second time; line 5 has it already. Keep one of them.",
                "jobs/movies.yaml:7: seed: found 'x'; expected a whole number from 0 to 9223372036854775807.",
            ],
            _project.MistakesBelow("threads: 1\nthreads: 2\nseed: x\n"));

    [Theory]
    [InlineData(":\n")]
    [InlineData("guard:\n  :\n")]
    public void A_colon_without_a_key_is_no_bug(string text)
    {
        var problems = new Problems("jobs/movies.yaml");

        YamlText.Parse(text, problems);

        Assert.Throws<ConfigurationException>(problems.ThrowIfAny);
    }

    [Fact]
    public void Lists_nested_beyond_reason_are_refused_before_the_stack_ends()
    {
        var problems = new Problems("jobs/movies.yaml");

        Assert.Null(YamlText.Parse($"a: {new string('[', 20_000)}", problems));

        Assert.Contains(
            "nested more than 50 deep", Assert.Throws<ConfigurationException>(problems.ThrowIfAny).Message, StringComparison.Ordinal);
    }
}
