using System.Data.Common;
using Npgsql;

namespace BatchRecs.Store.Postgres;

/// <summary>Says what is wrong with a connection string without repeating any of its values.</summary>
static class PostgresConnectionText
{
    /// <summary>Describes the first part that Npgsql does not take.</summary>
    /// <param name="connection">A string that Npgsql refuses.</param>
    public static string Fault(string connection)
    {
        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = connection;
        }
        catch (ArgumentException)
        {
            return "it does not read KEYWORD=VALUE;KEYWORD=VALUE; a value with a semicolon, an equals sign or a quote stands in quotes";
        }
        int position = 0;
        foreach (string keyword in parts.Keys)
        {
            position++;
            if (!Accepts(keyword, parts[keyword]))
                return Accepts(keyword, null) ? $"the value of '{keyword}' is not one that it takes"
                    : $"keyword number {position} of {parts.Count} is unknown; a value with a semicolon stands in quotes";
        }
        return "its parts contradict each other";
    }

    /// <summary>A known keyword takes null: that is how its value is taken back.</summary>
    static bool Accepts(string keyword, object? value)
    {
        try
        {
            new NpgsqlConnectionStringBuilder()[keyword] = value;
            return true;
        }
        catch (Exception error) when (error is ArgumentException or KeyNotFoundException)
        {
            return false;
        }
    }
}
