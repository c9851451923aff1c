using System.Text.Json;
using BatchRecs.Core.Data;
using BatchRecs.Core.Training;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Oracles;

/// <summary>One file of factors computed by another implementation.</summary>
sealed record AlsOracle(SparseMatrix Entries, AlsOptions Options, float[] UserStart, float[] ItemStart, JsonElement Json)
{
    /// <summary>Reads a file with entries [user, item, w, b].</summary>
    public static AlsOracle Read(string file)
    {
        var json = Load(file);
        var options = new AlsOptions
        {
            Factors = json.GetProperty("factors").GetInt32(),
            UnobservedWeight = json.GetProperty("unobservedWeight").GetDouble(),
            Regularization = json.GetProperty("regularization").GetDouble(),
            RegularizationExponent = json.GetProperty("regularizationExponent").GetDouble(),
        };
        return Make(json, options, e => (e[0].GetInt32(), e[1].GetInt32(), e[2].GetDouble(), e[3].GetDouble()));
    }

    /// <summary>Reads what the library implicit computed: entries [user, item, c], mapped as the file says.</summary>
    public static AlsOracle ReadImplicit()
    {
        var json = Load("implicit_als.json");
        var options = new AlsOptions
        {
            Factors = json.GetProperty("factors").GetInt32(),
            UnobservedWeight = 1,
            Regularization = json.GetProperty("regularization").GetDouble(),
            RegularizationExponent = 0,
        };
        return Make(json, options, e => FromImplicit(e[0].GetInt32(), e[1].GetInt32(), e[2].GetDouble()));
    }

    /// <summary>The library's confidence c stands for w = |c| − 1 and b = c, or 0 where c is negative.</summary>
    public static (int Row, int Column, double Weight, double Target) FromImplicit(int user, int item, double c) =>
        (user, item, Math.Abs(c) - 1, Math.Max(c, 0));

    public static double[] Numbers(JsonElement rows) =>
        [.. rows.EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(value => value.GetDouble())];

    static JsonElement Load(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Oracles", file))).RootElement;

    static AlsOracle Make(JsonElement json, AlsOptions options, Func<JsonElement, (int, int, double, double)> entry) => new(
        SomeMatrix.Of(
            json.GetProperty("users").GetInt32(),
            json.GetProperty("items").GetInt32(),
            json.GetProperty("entries").EnumerateArray().Select(entry)),
        options,
        Array.ConvertAll(Numbers(json.GetProperty("X0")), value => (float)value),
        Array.ConvertAll(Numbers(json.GetProperty("Y0")), value => (float)value),
        json);
}
