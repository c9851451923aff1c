using BatchRecs.Core.Errors;
using Microsoft.Extensions.Configuration;

namespace BatchRecs.Host;

/// <summary>Reads the settings: what BatchRecs comes with, then the project's appsettings.json, then the environment.</summary>
static class Settings
{
    /// <summary>Environment variables begin with this; <c>__</c> stands for a level: <c>BATCHRECS__stores__demo__provider</c>.</summary>
    public const string Prefix = "BATCHRECS__";

    /// <summary>Reads the settings of the project at <paramref name="projectRoot"/>.</summary>
    /// <exception cref="ConfigurationException">A settings file is not valid JSON.</exception>
    public static IConfiguration Read(string projectRoot)
    {
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: false)
                .AddJsonFile(Path.Combine(projectRoot, "appsettings.json"), optional: true)
                .AddEnvironmentVariables(Prefix)
                .Build();
        }
        catch (InvalidDataException exception)
        {
            throw new ConfigurationException($"{exception.Message} {exception.InnerException?.Message}".TrimEnd(), exception);
        }
    }
}
