using System.Globalization;
using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store;
using Microsoft.Extensions.Configuration;

namespace BatchRecs.Host.Engines;

/// <summary>Reads <c>retries</c> of the settings, strictly.</summary>
static class RetrySettingsReader
{
    const int MostAttempts = 100;
    const string Shortest = "0.01s";
    const string Longest = "1h";

    static readonly string[] Keys = ["attempts", "firstDelay", "maxDelay"];

    /// <summary>Reads how long runs wait for stores that are away.</summary>
    /// <exception cref="ConfigurationException">With everything that is wrong, a line each.</exception>
    public static RetrySettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("retries");
        var problems = new List<string>();
        foreach (var child in section.GetChildren())
            if (!Keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                problems.Add($"retries.{child.Key}: unknown key; expected: {string.Join(", ", Keys)}.");
        var defaults = new RetrySettings();
        var settings = new RetrySettings
        {
            Attempts = Attempts(section["attempts"], problems) ?? defaults.Attempts,
            FirstDelay = Delay("firstDelay", section["firstDelay"], problems) ?? defaults.FirstDelay,
            MaxDelay = Delay("maxDelay", section["maxDelay"], problems) ?? defaults.MaxDelay,
        };
        return problems.Count == 0 ? settings : throw new ConfigurationException(string.Join(Environment.NewLine, problems));
    }

    static int? Attempts(string? text, List<string> problems)
    {
        if (text is null)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int attempts) && attempts is >= 1 and <= MostAttempts)
            return attempts;
        problems.Add($"retries.attempts: found '{text}'; expected a whole number from 1 to {MostAttempts}.");
        return null;
    }

    static TimeSpan? Delay(string key, string? text, List<string> problems)
    {
        if (text is null)
            return null;
        if (DurationText.TryParse(text, out var delay) && delay >= DurationText.Parse(Shortest) && delay <= DurationText.Parse(Longest))
            return delay;
        problems.Add($"retries.{key}: found '{text}'; expected a duration from {Shortest} to {Longest}, such as 0.5s or 10s.");
        return null;
    }
}
