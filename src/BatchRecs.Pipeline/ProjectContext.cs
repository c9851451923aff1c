using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store;
using BatchRecs.Store.Artifacts;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline;

/// <summary>A project: its folder, its work folder, its stores.</summary>
/// <param name="Root">The folder that holds <c>jobs/</c>; paths in files are relative to it.</param>
/// <param name="WorkFolder">Where artifacts and logs go; absolute.</param>
/// <param name="Stores">The configured stores by name.</param>
/// <param name="Names">Schema names inside the serving stores.</param>
public sealed record ProjectContext(string Root, string WorkFolder, IReadOnlyDictionary<string, StoreSettings> Stores, SchemaNames Names)
{
    /// <summary>Gets the folder of artifacts.</summary>
    public string ArtifactFolder => Path.Combine(WorkFolder, "artifacts");

    /// <summary>Gets how long stores are waited for while they are away.</summary>
    /// <value>The default is not at all: whoever asks a question by hand rather sees the error.</value>
    public RetrySettings Retries { get; init; } = RetrySettings.Once;

    /// <summary>Gets where tests make operations fail; null outside tests.</summary>
    internal FaultPoints? Faults { get; init; }

    /// <summary>Opens the artifacts.</summary>
    public ArtifactStore OpenArtifacts() => new(ArtifactFolder) { Faults = Faults };

    /// <summary>Opens a store that a job names.</summary>
    /// <param name="store">Its name.</param>
    /// <param name="namedBy">Who names it, for the message: a file and a key.</param>
    /// <param name="loggers">Makes its log.</param>
    /// <exception cref="ConfigurationException">There is no such store.</exception>
    public Database Open(string store, string namedBy, ILoggerFactory loggers) => Stores.TryGetValue(store, out var settings)
        ? Databases.Open(settings, loggers, Names, Faults, Retries)
        : throw new ConfigurationException(
            $"{namedBy} is '{store}', but there is no such store; configured are: "
            + $"{string.Join(", ", Stores.Keys.Order(StringComparer.Ordinal))}. Add stores.{store} to appsettings.json.");

    /// <summary>Opens the warehouse of a job.</summary>
    public Database OpenWarehouse(LoadedJob job, ILoggerFactory loggers) =>
        Open(job.Job.Stores.Warehouse, $"{job.Path}: stores.warehouse", loggers);

    /// <summary>Opens the serving store of a job.</summary>
    public Database OpenServing(LoadedJob job, ILoggerFactory loggers) =>
        Open(job.Job.Stores.Serving, $"{job.Path}: stores.serving", loggers);
}
