namespace BatchRecs.IntegrationTests.Host;

/// <summary>The test script, with a program in the place of dotnet that leaves result files.</summary>
public sealed class TestScriptTests : IDisposable
{
    readonly ScriptSandbox _sandbox = new("test", """source "$(dirname "$0")/../tests-run" """);

    public TestScriptTests()
    {
        Directory.CreateDirectory(_sandbox.InFolder("postgres"));
        ScriptSandbox.WriteProgram(_sandbox.InFolder("postgres/initdb"), "exit 0");
    }

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task The_last_line_sums_up_all_projects()
    {
        TestsDo($"{Results("unit", passed: 82, failed: 0)}\n{Results("integration", passed: 15, failed: 0)}");

        var (code, output, _) = await RunAsync();

        Assert.Equal(0, code);
        Assert.Equal("97 passed, 0 failed\n", output);
        Assert.Equal(["test BatchRecs.sln -c Release --nologo --results-directory artifacts/test-results --logger trx"], _sandbox.Calls);
    }

    [Fact]
    public async Task With_soak_the_long_loops_run_too_and_their_figures_stand_before_the_totals()
    {
        const string Figures = """{\n  "summary": "40 moments, seed 7",\n  "moments": 40\n}""";
        TestsDo(
            $"""
            case "$*" in
              *SoakTests*)
                {Results("soak", passed: 3, failed: 0)}
                mkdir -p artifacts/soak
                printf '{Figures}' > artifacts/soak/killed.json ;;
              *) {Results("unit", passed: 82, failed: 0)} ;;
            esac
            """);

        var (code, output, _) = await RunAsync("--soak", "--verbosity", "quiet");

        Assert.Equal(0, code);
        Assert.Equal("soak: 40 moments, seed 7\n85 passed, 0 failed\n", output);
        Assert.Equal(
            [
                "test BatchRecs.sln -c Release --nologo --results-directory artifacts/test-results --logger trx --verbosity quiet",
                "test tests/BatchRecs.SoakTests -c Release --nologo --results-directory artifacts/test-results --logger trx " +
                "-p:Soak=true --verbosity quiet",
            ],
            _sandbox.Calls);
    }

    [Fact]
    public async Task A_failed_test_fails_the_script()
    {
        TestsDo($"{Results("unit", passed: 82, failed: 2)}\nexit 1");

        var (code, output, _) = await RunAsync();

        Assert.Equal(1, code);
        Assert.Equal("82 passed, 2 failed\n", output);
    }

    [Fact]
    public async Task A_run_without_any_test_fails_the_script_and_old_results_do_not_count()
    {
        TestsDo(Results("unit", passed: 82, failed: 0));
        await RunAsync();
        TestsDo("exit 0");

        var (code, output, error) = await RunAsync();

        Assert.Equal(1, code);
        Assert.Equal("0 passed, 0 failed\n", output);
        Assert.Equal("test: no test ran.\n", error);
    }

    [Fact]
    public async Task A_wrong_folder_of_PostgreSQL_is_named()
    {
        var (code, _, error) = await _sandbox.RunAsync(
            _sandbox.InFolder("test"), new Dictionary<string, string?> { ["BATCHRECS_TEST_POSTGRES"] = "/no/such/folder" });

        Assert.Equal(2, code);
        Assert.Equal("test: BATCHRECS_TEST_POSTGRES is '/no/such/folder', but there is no program 'initdb' in that folder.\n", error);
    }

    void TestsDo(string script) => File.WriteAllText(_sandbox.InFolder("tests-run"), script);

    static string Results(string name, int passed, int failed) =>
        $"""
        mkdir -p artifacts/test-results
        echo '    <Counters total="{passed + failed}" passed="{passed}" failed="{failed}" error="0" timeout="0" aborted="0" />' \
          > artifacts/test-results/{name}.trx
        """;

    Task<(int Code, string Out, string Error)> RunAsync(params string[] args) => _sandbox.RunAsync(
        _sandbox.InFolder("test"),
        new Dictionary<string, string?> { ["BATCHRECS_TEST_POSTGRES"] = _sandbox.InFolder("postgres") },
        args);
}
