using System.Data.Common;

namespace BatchRecs.Store;

/// <summary>Says what is wrong with a connection string without repeating any of its values.</summary>
/// <remarks>The drivers' messages may repeat a part of the string, and that may be a part of a password: they go nowhere.</remarks>
static class ConnectionText
{
    /// <summary>Describes the first part that a driver does not take.</summary>
    /// <typeparam name="TBuilder">The driver's builder of connection strings.</typeparam>
    /// <param name="connection">A string that it refuses.</param>
    public static string Fault<TBuilder>(string connection)
        where TBuilder : DbConnectionStringBuilder, new()
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
            if (!new TBuilder().ContainsKey(keyword))
                return $"keyword number {position} of {parts.Count} is unknown; a value with a semicolon stands in quotes";
            if (!Accepts<TBuilder>(keyword, parts[keyword]))
                return $"the value of '{keyword}' is not one that it takes";
        }
        return "its parts contradict each other";
    }

    static bool Accepts<TBuilder>(string keyword, object value)
        where TBuilder : DbConnectionStringBuilder, new()
    {
        try
        {
            _ = new TBuilder { [keyword] = value };
            return true;
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            return false;
        }
    }
}
