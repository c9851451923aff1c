using System.Reflection;

namespace BatchRecs.UnitTests.Architecture;

/// <summary>References point one way, and each library is known in one place only: read from the built assemblies.</summary>
public sealed class ReferencesTests
{
    static readonly string[] Projects = ["BatchRecs.Core", "BatchRecs.Store", "BatchRecs.Pipeline", "batchrecs"];

    [Theory]
    [InlineData("BatchRecs.Core")]
    [InlineData("BatchRecs.Store", "BatchRecs.Core")]
    [InlineData("BatchRecs.Pipeline", "BatchRecs.Core", "BatchRecs.Store")]
    [InlineData("batchrecs", "BatchRecs.Core", "BatchRecs.Pipeline", "BatchRecs.Store")]
    public void A_project_knows_only_those_below_it(string project, params string[] below) =>
        Assert.Equal(below, Referenced(project).Where(name => Projects.Contains(name)).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Serilog", "batchrecs")]
    [InlineData("Quartz", "batchrecs")]
    [InlineData("Spectre", "batchrecs")]
    [InlineData("System.CommandLine", "batchrecs")]
    [InlineData("Microsoft.AspNetCore", "batchrecs")]
    [InlineData("Microsoft.Extensions.Hosting", "batchrecs")]
    [InlineData("Dapper", "BatchRecs.Store")]
    [InlineData("Npgsql", "BatchRecs.Store")]
    [InlineData("Microsoft.Data.Sqlite", "BatchRecs.Store")]
    [InlineData("YamlDotNet", "BatchRecs.Pipeline")]
    public void A_library_is_known_in_one_project_only(string library, string project) =>
        Assert.Equal([project], Projects.Where(name => Referenced(name).Any(reference => IsPartOf(reference, library))));

    [Fact]
    public void The_core_knows_nothing_but_the_framework_and_MathNet() =>
        Assert.DoesNotContain(Referenced("BatchRecs.Core"), name => !IsPartOf(name, "System") && !IsPartOf(name, "MathNet"));

    [Theory]
    [InlineData("System.Data")]
    [InlineData("System.Net")]
    [InlineData("System.IO.FileSystem")]
    [InlineData("System.Console")]
    [InlineData("System.Diagnostics.Process")]
    public void The_core_does_no_input_or_output(string library) =>
        Assert.DoesNotContain(Referenced("BatchRecs.Core"), name => IsPartOf(name, library));

    static string[] Referenced(string project) =>
        [.. Assembly.Load(project).GetReferencedAssemblies().Select(reference => reference.Name!)];

    static bool IsPartOf(string assembly, string library) =>
        assembly == library || assembly.StartsWith($"{library}.", StringComparison.Ordinal);
}
