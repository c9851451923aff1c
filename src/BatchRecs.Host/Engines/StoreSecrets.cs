using System.Data.Common;
using BatchRecs.Store;
using Microsoft.Extensions.Configuration;

namespace BatchRecs.Host.Engines;

/// <summary>
/// Passwords of stores: from the environment, from a file of their own, or from the driver's passfile; never from settings files.
/// </summary>
static class StoreSecrets
{
    const string Key = "passwordFile";

    /// <summary>What connection strings call a secret, without blanks and in lower case.</summary>
    static readonly string[] Secrets = ["password", "pwd", "psw", "sslpassword"];

    /// <summary>Finds a secret in a place where it does not belong.</summary>
    /// <returns>A message without the secret; null if all is well.</returns>
    public static string? Problem(IConfiguration configuration, IConfigurationSection section)
    {
        bool isPostgres = string.Equals(section["provider"], nameof(StoreProvider.Postgres), StringComparison.OrdinalIgnoreCase);
        if (section[Key] is not null && !isPostgres)
            return $"stores.{section.Key}.{Key}: found beside provider '{section["provider"]}'; only postgres has passwords.";
        if (HasSecret(section["connection"]) && section[Key] is not null)
            return $"stores.{section.Key}.{Key}: found beside a password in the connection string; expected one of them.";
        return IsInFile(configuration, $"{section.Path}:connection")
            ? $"stores.{section.Key}.connection: found a password in a settings file, where version control and backups find it too; "
                + $"expected it in the environment (BATCHRECS__stores__{section.Key}__connection), in a file named by "
                + $"stores.{section.Key}.{Key}, "
                + "or in the driver's passfile."
            : null;
    }

    /// <summary>Adds the password that stands in the file named by <c>passwordFile</c>; without the key nothing changes.</summary>
    public static string WithPassword(IConfigurationSection section, string connection, string projectRoot, List<string> problems)
    {
        if (section[Key] is not { } file)
            return connection;
        string path = Path.GetFullPath(file, projectRoot);
        try
        {
            // The line break that editors leave at the end belongs to the file.
            string password = File.ReadAllText(path).TrimEnd('\r', '\n');
            if (password.Length > 0)
                return new DbConnectionStringBuilder { ConnectionString = connection, ["Password"] = password }.ConnectionString;
            problems.Add($"stores.{section.Key}.{Key}: the file {path} is empty; expected the password in it.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add($"stores.{section.Key}.{Key}: the file {path} cannot be read; expected the password in it.");
        }
        catch (ArgumentException)
        {
            problems.Add($"stores.{section.Key}.connection: it does not read KEYWORD=VALUE;KEYWORD=VALUE.");
        }
        return connection;
    }

    static bool HasSecret(string? connection)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connection };
            return parts.Keys.Cast<string>()
                .Any(key => Secrets.Contains(key.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()));
        }
        catch (ArgumentException)
        {
            // What cannot be read cannot be used either: the driver says so.
            return false;
        }
    }

    /// <summary>Every file counts, also where the environment replaces what stands in it: the file has the secret all the same.</summary>
    static bool IsInFile(IConfiguration configuration, string key) =>
        configuration is IConfigurationRoot root
        && root.Providers.OfType<FileConfigurationProvider>()
            .Any(file => file.TryGet(key, out string? connection) && HasSecret(connection));
}
