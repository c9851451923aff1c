namespace BatchRecs.IntegrationTests.Host;

/// <summary>The launcher, with a program in the place of dotnet that makes the DLL when it is asked to build.</summary>
public sealed class LauncherTests : IDisposable
{
    const string Dll = "artifacts/bin/BatchRecs.Host/release/batchrecs.dll";
    const string BuildCall = "build src/BatchRecs.Host/BatchRecs.Host.csproj -c Release --nologo -v quiet -clp:NoSummary";
    static readonly string[] BuildThenRun = [BuildCall, $"{Dll} run shop"];
    readonly ScriptSandbox _sandbox;

    public LauncherTests() => _sandbox = new ScriptSandbox(
        "batchrecs",
        $"""
        root="$(cd "$(dirname "$0")/.." && pwd)"
        if [[ "$1" == build ]]; then
          [[ -e "$root/src/broken" ]] && echo "Program.cs(1,1): error" && exit 1
          sleep 0.1 # as long as it takes for the other starts to come to the lock
          mkdir -p "$root/$(dirname {Dll})" && touch "$root/{Dll}"
        else
          echo "home=$BATCHRECS_HOME"
        fi
        """);

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task The_first_start_builds_and_the_second_does_not()
    {
        var (code, output, error) = await StartAsync();
        await StartAsync();

        Assert.Equal(0, code);
        Assert.Equal($"home={_sandbox.InFolder("")}\n", output);
        Assert.Equal("batchrecs: building (first time only) ...\n", error);
        Assert.Equal([.. BuildThenRun, $"{Dll} run shop"], _sandbox.Calls);
    }

    [Theory]
    [InlineData("src/Program.cs")]
    [InlineData("Directory.Build.props")]
    [InlineData("global.json")]
    public async Task A_start_after_a_change_builds_again(string changed)
    {
        await StartAsync();
        File.SetLastWriteTimeUtc(_sandbox.InFolder(changed), TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1));

        var (_, _, error) = await StartAsync();

        Assert.Equal("batchrecs: building (the sources changed) ...\n", error);
        Assert.Equal([.. BuildThenRun, .. BuildThenRun], _sandbox.Calls);
    }

    [Fact]
    public async Task Starts_at_the_same_time_build_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => StartAsync()));

        Assert.Single(_sandbox.Calls, call => call == BuildCall);
    }

    [Fact]
    public async Task A_build_that_fails_shows_its_output_and_runs_nothing()
    {
        File.WriteAllText(_sandbox.InFolder("src/broken"), "");

        var (code, _, error) = await StartAsync();

        Assert.Equal(70, code);
        Assert.Equal("batchrecs: building (first time only) ...\nProgram.cs(1,1): error\nbatchrecs: the build failed.\n", error);
        Assert.Equal([BuildCall], _sandbox.Calls);
    }

    [Fact]
    public async Task It_works_through_a_symbolic_link_and_without_a_home_folder()
    {
        File.CreateSymbolicLink(_sandbox.InFolder("bin/br"), "../batchrecs");

        var noHome = new Dictionary<string, string?> { ["HOME"] = null };

        var (code, _, _) = await _sandbox.RunAsync(_sandbox.InFolder("bin/br"), noHome, "run", "shop");

        Assert.Equal(0, code);
        Assert.Equal(BuildThenRun, _sandbox.Calls);
    }

    [Fact]
    public async Task Without_dotnet_it_says_what_to_install()
    {
        File.Delete(_sandbox.InFolder("bin/dotnet"));
        foreach (string tool in (string[])["bash", "env"])
            File.CreateSymbolicLink(_sandbox.InFolder($"bin/{tool}"), $"/usr/bin/{tool}");

        var (code, _, error) = await _sandbox.RunAsync(
            _sandbox.InFolder("batchrecs"), new Dictionary<string, string?> { ["PATH"] = _sandbox.InFolder("bin") });

        Assert.Equal(2, code);
        Assert.StartsWith("batchrecs: 'dotnet' was not found. Install the .NET SDK 10 ", error, StringComparison.Ordinal);
    }

    Task<(int Code, string Out, string Error)> StartAsync() => _sandbox.RunAsync(_sandbox.InFolder("batchrecs"), null, "run", "shop");
}
