using System.Data.Common;
using BatchRecs.Core.Errors;
using BatchRecs.Store;
using Microsoft.Extensions.Configuration;

namespace BatchRecs.Host.Engines;

/// <summary>Reads <c>stores</c> and <c>schemas</c> of the settings, strictly.</summary>
static class StoreSettingsReader
{
    static readonly string[] StoreKeys = ["provider", "connection", "passwordFile"];

    static readonly Dictionary<string, StoreProvider> Providers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sqlite"] = StoreProvider.Sqlite,
        ["postgres"] = StoreProvider.Postgres,
    };

    static readonly string[] SchemaKeys = ["internal", "contract"];

    /// <summary>Reads every configured store.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="projectRoot">The folder that relative SQLite paths are relative to.</param>
    /// <exception cref="ConfigurationException">With everything that is wrong, a line each.</exception>
    public static IReadOnlyDictionary<string, StoreSettings> Stores(IConfiguration configuration, string projectRoot)
    {
        var stores = new Dictionary<string, StoreSettings>(StringComparer.OrdinalIgnoreCase);
        var problems = new List<string>();
        foreach (var section in configuration.GetSection("stores").GetChildren())
            if (Read(configuration, section, projectRoot, problems) is { } settings)
                stores.Add(section.Key, settings);
        return problems.Count == 0 ? stores : throw new ConfigurationException(string.Join(Environment.NewLine, problems));
    }

    /// <summary>Reads the schema names.</summary>
    /// <exception cref="ConfigurationException">A key is unknown.</exception>
    public static SchemaNames Schemas(IConfiguration configuration)
    {
        var section = configuration.GetSection("schemas");
        foreach (var child in section.GetChildren())
            if (!SchemaKeys.Contains(child.Key))
                throw new ConfigurationException($"schemas.{child.Key}: unknown key; expected: {string.Join(", ", SchemaKeys)}.");
        var defaults = new SchemaNames();
        return new SchemaNames { Internal = section["internal"] ?? defaults.Internal, Contract = section["contract"] ?? defaults.Contract };
    }

    static StoreSettings? Read(IConfiguration configuration, IConfigurationSection section, string projectRoot, List<string> problems)
    {
        int before = problems.Count;
        foreach (var child in section.GetChildren())
            if (!StoreKeys.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                problems.Add($"stores.{section.Key}.{child.Key}: unknown key; expected: {string.Join(", ", StoreKeys)}.");
        if (!Providers.TryGetValue(section["provider"] ?? "", out var provider))
            problems.Add($"stores.{section.Key}.provider: found '{section["provider"]}'; expected sqlite or postgres.");
        if (section["connection"] is not { Length: > 0 } connection)
        {
            problems.Add($"stores.{section.Key}.connection: found nothing; expected the connection string of the driver.");
            return null;
        }
        if (StoreSecrets.Problem(configuration, section) is { } secret)
            problems.Add(secret);
        if (problems.Count > before)
            return null;
        connection = provider == StoreProvider.Sqlite
            ? Absolute(section.Key, connection, projectRoot, problems)
            : StoreSecrets.WithPassword(section, connection, projectRoot, problems);
        return new StoreSettings(section.Key, provider, connection);
    }

    static string Absolute(string name, string connection, string projectRoot, List<string> problems)
    {
        try
        {
            var builder = new DbConnectionStringBuilder { ConnectionString = connection };
            foreach (string key in (string[])["Data Source", "DataSource", "Filename"])
                if (builder.TryGetValue(key, out object? path) && path is string { Length: > 0 } file)
                {
                    if (IsNoFile(file) || (builder.TryGetValue("Mode", out object? mode) && mode is "Memory" or "memory"))
                        problems.Add(
                            $"stores.{name}.connection: found a database in memory or a URI; expected the path of a file: "
                            + "what is in memory ends with each connection, and a run uses several.");
                    else
                        builder[key] = Path.GetFullPath(file, projectRoot);
                }
            return builder.ConnectionString;
        }
        catch (ArgumentException error)
        {
            problems.Add($"stores.{name}.connection: {error.Message}");
            return connection;
        }
    }

    static bool IsNoFile(string dataSource) =>
        dataSource == ":memory:" || dataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
}
