using System.IO.Compression;
using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store.Import;

namespace BatchRecs.IntegrationTests.Extract;

/// <summary>What loading files promises on every store.</summary>
public abstract class CsvLoaderContract : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("brcsv");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<Warehouse> CreateAsync();

    [Fact]
    public async Task Columns_are_text_and_nothing_in_them_changes()
    {
        await using var warehouse = await CreateAsync();
        string file = Write("a.csv", "id,Title\n007,\"tab\there, \"\"quotes\"\", \\ and\nline\"\n,\"\"\n\\N,ä😀\n");

        long rows = await LoadAsync(warehouse, file, "things");

        Assert.Equal(3, rows);
        Assert.Equal("tab\there, \"quotes\", \\ and\nline", await warehouse.ScalarAsync("select \"Title\" from things where id = '007'"));
        Assert.Equal("", await warehouse.ScalarAsync("select \"Title\" from things where id is null"));
        Assert.Equal("ä😀", await warehouse.ScalarAsync("select \"Title\" from things where id = '\\N'"));
    }

    [Fact]
    public async Task Columns_get_the_types_that_the_caller_gives()
    {
        await using var warehouse = await CreateAsync();
        string file = Write("a.csv", "id,n,x,t\na,12,2.5,2024-01-01T00:00:00Z\nb,,,\n");
        var types = new Dictionary<string, CsvColumnType>
        {
            ["n"] = CsvColumnType.Integer,
            ["x"] = CsvColumnType.Real,
            ["t"] = CsvColumnType.Time,
        };

        await LoadAsync(warehouse, file, "things", types);

        Assert.Equal(24L, await warehouse.ScalarAsync("select n * 2 from things where id = 'a'"));
        Assert.Equal(5.0, await warehouse.ScalarAsync("select x * 2 from things where id = 'a'"));
        Assert.Equal(1L, await warehouse.ScalarAsync("select count(*) from things where n is null and x is null and t is null"));
    }

    [Fact]
    public async Task A_compressed_file_replaces_the_table()
    {
        await using var warehouse = await CreateAsync();
        await LoadAsync(warehouse, Write("a.csv", "id\n1\n2\n"), "things");
        string packed = Path.Combine(_folder.FullName, "b.csv.gz");
        await using (var gzip = new GZipStream(File.Create(packed), CompressionLevel.Fastest))
            await gzip.WriteAsync("other,name\nx,y\n"u8.ToArray());

        Assert.Equal(1, await LoadAsync(warehouse, packed, "things"));
        Assert.Equal("y", await warehouse.ScalarAsync("select name from things"));
    }

    [Theory]
    [InlineData("id,n\n1,2\n3\n", "a.csv, line 3: found 1 fields; expected 2")]
    [InlineData("id,n\n1,\"2\n", "a.csv, line 2: a quote is opened")]
    [InlineData("id,id\n1,2\n", "a.csv, line 1: column 2 is called 'id'")]
    [InlineData("", "a.csv: the file is empty")]
    public async Task A_malformed_file_is_refused_and_the_old_table_stays(string csv, string message)
    {
        await using var warehouse = await CreateAsync();
        await LoadAsync(warehouse, Write("old.csv", "id\nkept\n"), "things");

        var error = await Assert.ThrowsAsync<InputDataException>(() => LoadAsync(warehouse, Write("a.csv", csv), "things"));

        Assert.StartsWith(message, error.Message);
        Assert.Equal("kept", await warehouse.ScalarAsync("select id from things"));
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_a_missing_file_and_a_missing_column_are_refused()
    {
        await using var warehouse = await CreateAsync();
        string file = Path.Combine(_folder.FullName, "latin1.csv");
        await File.WriteAllBytesAsync(file, [(byte)'a', (byte)'\n', 0xE4, (byte)'\n']);

        var encoding = await Assert.ThrowsAsync<InputDataException>(() => LoadAsync(warehouse, file, "things"));
        var missing = await Assert.ThrowsAsync<InputDataException>(() => LoadAsync(warehouse, file + ".gz", "things"));
        var column = await Assert.ThrowsAsync<ConfigurationException>(
            () => LoadAsync(warehouse, Write("a.csv", "a\n"), "things", new() { ["b"] = CsvColumnType.Real }));

        Assert.StartsWith("latin1.csv, line 2: field 1 is no UTF-8.", encoding.Message);
        Assert.Contains("there is no such file", missing.Message);
        Assert.Equal("a.csv has no column b; it has a.", column.Message);
    }

    [Fact]
    public async Task A_cancelled_import_leaves_the_old_table()
    {
        await using var warehouse = await CreateAsync();
        await LoadAsync(warehouse, Write("old.csv", "id\nkept\n"), "things");
        string large = Write("large.csv", "id\n" + string.Concat(Enumerable.Range(0, 70_000).Select(n => $"{n}\n")));
        using var cancel = new CancellationTokenSource();
        var progress = new CancelAtFirstReport(cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => CsvLoader.LoadAsync(warehouse.Database, large, "things", types: null, progress, cancel.Token));

        Assert.Equal("kept", await warehouse.ScalarAsync("select id from things"));
    }

    static Task<long> LoadAsync(Warehouse warehouse, string file, string table, Dictionary<string, CsvColumnType>? types = null) =>
        CsvLoader.LoadAsync(warehouse.Database, file, table, types, progress: null, CancellationToken.None);

    string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    sealed class CancelAtFirstReport(CancellationTokenSource cancel) : IProgress<Core.Data.StageProgress>
    {
        public void Report(Core.Data.StageProgress value) => cancel.Cancel();
    }
}

public sealed class SqliteCsvLoaderTests : CsvLoaderContract
{
    private protected override Task<Warehouse> CreateAsync() => Task.FromResult(Warehouse.Sqlite());
}

public sealed class PostgresCsvLoaderTests(PostgresFixture postgres) : CsvLoaderContract, IClassFixture<PostgresFixture>
{
    private protected override Task<Warehouse> CreateAsync() => Warehouse.PostgresAsync(postgres);

    [Fact]
    public async Task A_value_that_does_not_fit_its_column_is_an_input_error()
    {
        await using var warehouse = await Warehouse.PostgresAsync(postgres);
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "n\nmany\n");
        var types = new Dictionary<string, CsvColumnType> { ["n"] = CsvColumnType.Integer };

        var error = await Assert.ThrowsAsync<InputDataException>(
            () => CsvLoader.LoadAsync(warehouse.Database, file, "things", types, progress: null, CancellationToken.None));

        Assert.Contains("invalid input syntax for type bigint", error.Message);
        File.Delete(file);
    }
}
