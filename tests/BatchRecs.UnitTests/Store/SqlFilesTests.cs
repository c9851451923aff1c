using System.Text.RegularExpressions;
using BatchRecs.Store.Sql;

namespace BatchRecs.UnitTests.Store;

public sealed partial class SqlFilesTests
{
    /// <summary>Statements that only PostgreSQL has, because SQLite lacks the thing itself. Everything else exists in both.</summary>
    static readonly Dictionary<string, string> OnlyPostgres = new()
    {
        ["releases/create_table"] = "partitions",
        ["releases/analyze_list"] = "lists as arrays",
        ["releases/lock_holders"] = "sessions that can be seen",
        ["releases/prefer_lz4"] = "compression",
        ["serving/list_form"] = "lists as arrays",
        ["releases/table_state"] = "partitions",
        ["releases/detach_table"] = "partitions",
        ["releases/finalize_table"] = "partitions",
        ["releases/wait_for_table"] = "locks of tables",
        ["releases/wait_for_loads"] = "locks of tables",
        ["releases/index_table"] = "a table per release",
        ["releases/attach_table"] = "partitions",
        ["journal/apply"] = "blocks",
        ["serving/create_function"] = "stored functions",
        ["serving/find_dependents"] = "views that fall with others",
        ["serving/drop_function"] = "stored functions",
        ["serving/live_column"] = "types of columns",
        ["extract/local_times"] = "a type for local times",
        ["extract/changes"] = "times that the store compares itself",
        ["extract/count_stored"] = "times that the store compares itself",
        ["extract/deleted"] = "times that the store compares itself",
        ["rights/missing"] = "roles",
        ["rights/role"] = "roles",
        ["rights/connect"] = "roles",
        ["rights/schema"] = "roles",
        ["rights/own_objects"] = "roles",
        ["rights/read_schema"] = "roles",
        ["rights/read_relation"] = "roles",
        ["rights/become_etl"] = "roles",
        ["rights/reset_role"] = "roles",
        ["rights/reader_usage"] = "roles",
        ["rights/reader_select"] = "roles",
        ["rights/reader_default"] = "roles",
    };

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (string dialect in (string[])["postgres", "sqlite"])
                foreach (string name in SqlFiles.Names(dialect))
                    all.Add(dialect, name);
            return all;
        }
    }

    [Fact]
    public void Both_dialects_have_the_same_statements()
    {
        var postgres = SqlFiles.Names("postgres").Where(name => !OnlyPostgres.ContainsKey(name));

        Assert.Equal(postgres, SqlFiles.Names("sqlite"));
    }

    [Fact]
    public void Migrations_are_numbered_without_gaps()
    {
        var numbers = SqlFiles.Names("sqlite", "migrations/").Select(name => name.Split('/')[1][..4]);

        Assert.Equal(["0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008"], numbers);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_statement_says_in_its_first_line_who_runs_it(string dialect, string name) =>
        Assert.Matches(@"^-- [A-Z][A-Za-z.]+: ", SqlFiles.Read(dialect, name));

    [Theory]
    [MemberData(nameof(All))]
    public void The_twins_of_a_statement_have_the_same_parameters(string dialect, string name)
    {
        // What differs: the lock of a migration, the way rows are loaded or removed.
        string[] different = ["journal/find", "releases/remove_rows"];
        if (OnlyPostgres.ContainsKey(name) || different.Contains(name) || name.StartsWith("releases/load_", StringComparison.Ordinal))
            return;
        string twin = dialect == "sqlite" ? "postgres" : "sqlite";

        Assert.Equal(Parameters(twin, name), Parameters(dialect, name));
    }

    [Fact]
    public void An_unknown_statement_is_an_error() => Assert.Throws<ArgumentException>(() => SqlFiles.Read("sqlite", "no/such"));

    static IEnumerable<string> Parameters(string dialect, string name) =>
        Parameter().Matches(SqlFiles.Read(dialect, name)).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex("@[a-zA-Z]+")]
    private static partial Regex Parameter();
}
