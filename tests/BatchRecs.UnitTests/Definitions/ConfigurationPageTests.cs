using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using BatchRecs.Pipeline.Catalogs;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Yaml;

namespace BatchRecs.UnitTests.Definitions;

/// <summary>docs/configuration.md says of every key what the code does.</summary>
public sealed class ConfigurationPageTests
{
    static readonly Dictionary<string, ConfigurationKey> Keys = ConfigurationKeys.Of(typeof(RefreshJob))
        .Select(key => ("Job files", key))
        .Concat(ConfigurationKeys.Of(typeof(PruneJob)).Select(key => ("Prune job files", key)))
        .Concat(ConfigurationKeys.Of(typeof(TuneJob)).Select(key => ("Tune job files", key)))
        .Concat(ConfigurationKeys.Of(typeof(ScheduleDefinition)).Select(key => ("Schedule files", key)))
        .ToDictionary(entry => $"{entry.Item1}: {entry.key.Path}", entry => entry.key);

    static readonly Dictionary<string, DocumentedKey> Page = new[] { "Job files", "Prune job files", "Tune job files", "Schedule files" }
        .SelectMany(chapter => ConfigurationPage.KeysOf(chapter).Select(key => (chapter, key)))
        .ToDictionary(entry => $"{entry.chapter}: {entry.key.Key}", entry => entry.key);

    public static TheoryData<string> AllKeys => [.. Keys.Keys];

    [Fact]
    public void The_page_has_every_key_and_no_other() =>
        Assert.Equal(
            Keys.Keys
                .Concat(Scorers.All.Names.Select(name => $"Job files: scorers.{name}"))
                .Concat(ReRankers.All.Names.Select(name => $"Job files: precompute.rerank[{name}]"))
                .Concat(Allocators.All.Names.Select(name => $"Job files: precompute.allocate[{name}]"))
                .Order(StringComparer.Ordinal),
            Page.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(AllKeys))]
    public void The_page_has_the_default_of_a_key(string name)
    {
        var key = Keys[name];

        if (OptionKeys.IsRequired(key.Property))
            Assert.Equal("required", Page[name].Default);
        else if (Written(key) is { } written)
            Assert.Equal($"`{written}`", Page[name].Default);
        else if (key.Default is null)
            Assert.StartsWith("none", Page[name].Default, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllKeys))]
    public void The_page_has_the_range_and_the_words_of_a_key(string name)
    {
        var property = Keys[name].Property;
        string takes = Page[name].Takes;

        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
            Assert.StartsWith($"`{Number(range.Minimum)}` to `{Number(range.Maximum)}`", takes, StringComparison.Ordinal);
        if (property.GetCustomAttribute<DurationRangeAttribute>() is { } durations)
            Assert.Contains($"`{durations.Least}` to `{durations.Greatest}`", takes, StringComparison.Ordinal);
        if (property.GetCustomAttribute<WordAttribute>() is { } word)
            Assert.EndsWith($", or `{word.Text}`", takes, StringComparison.Ordinal);
        if (property.GetCustomAttribute<MinLengthAttribute>() is not null)
            Assert.EndsWith("at least one entry", takes, StringComparison.Ordinal);
        if (property.PropertyType.IsEnum)
            Assert.Equal(string.Join(", ", OptionKeys.WordsOf(property.PropertyType).Keys.Select(text => $"`{text}`")), takes);
        if (property.PropertyType == typeof(bool))
            Assert.Equal("`true`, `false`", takes);
        if (property.PropertyType == typeof(Tunable))
            Assert.EndsWith(", or `tuned`", takes, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_has_every_setting() =>
        Assert.Equal(
            [
                "stores.NAME", "stores.NAME.provider", "stores.NAME.connection", "stores.NAME.passwordFile",
                "schemas.internal", "schemas.contract",
                "retries", "retries.attempts", "retries.firstDelay", "retries.maxDelay",
                "Serilog", "Serilog.WriteTo.File.Args.path", "Serilog.MinimumLevel.Default",
            ],
            ConfigurationPage.KeysOf("appsettings.json and the environment").Select(key => key.Key));

    [Fact]
    public void The_worked_example_of_the_page_has_no_mistakes()
    {
        using var project = new SomeProject();
        project.Write("jobs/queries/views.sql", "select user_id, movie_id, viewed_at from views");

        var job = project.Load(ConfigurationPage.Example("A worked example")).Job;

        Assert.Equal("movies", job.Recommender);
        Assert.Equal(["rating", "view"], job.Events.Keys);
    }

    /// <summary>Returns a default as a file would write it; null where it is a section, or nothing.</summary>
    static string? Written(ConfigurationKey key) => key.Default switch
    {
        null => key.Property.GetCustomAttribute<WordAttribute>()?.Text,
        TimeSpan duration => DurationText.Format(duration),
        bool flag => flag ? "true" : "false",
        Enum word => OptionKeys.WordsOf(word.GetType()).Single(entry => entry.Value.Equals(word)).Key,
        IReadOnlyList<int> list => string.Join(", ", list),
        IReadOnlyList<string> list => string.Join(", ", list),
        Tunable or Holdout or ByteSize or string => key.Default.ToString(),
        int or long or double => Number(key.Default),
        _ => null,
    };

    static string Number(object number) => number is double real
        ? real.ToString("0.#########", CultureInfo.InvariantCulture)
        : Convert.ToString(number, CultureInfo.InvariantCulture)!;
}
