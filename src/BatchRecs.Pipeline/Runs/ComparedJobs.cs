using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Recipes;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store.Artifacts;

namespace BatchRecs.Pipeline.Runs;

/// <summary>Decides whether another job definition can be measured on the extract of a job, and makes a configuration of it.</summary>
/// <param name="job">The job whose extract there is; complete.</param>
public sealed class ComparedJobs(RefreshJob job)
{
    /// <summary>The name of the definition behind the current release, when it is compared with.</summary>
    public const string Champion = "champion";

    readonly HashSet<string> _taken =
    [
        RecipeEvaluation.RecipeName,
        RecipeEvaluation.UnallocatedName,
        EvaluationReport.AgainList,
        Champion,
        .. JobPlan.Evaluation(job).Baselines.Select(baseline => baseline.Name),
        .. job.Scorers.Keys,
    ];

    /// <summary>Says, key by key, why another definition cannot be run on what this job reads.</summary>
    /// <returns>Empty if it can: it reads the same rows, and learns from no event type that this job leaves out.</returns>
    public IReadOnlyList<string> Obstacles(RefreshJob other)
    {
        var found = new List<string>();
        Same("stores.warehouse", job.Stores.Warehouse, other.Stores.Warehouse);
        Same("sources", CanonicalJson.Of(ReadBy(job)), CanonicalJson.Of(ReadBy(other)));
        Same("window", job.Window, other.Window);
        Same("timeZone", job.TimeZone, other.TimeZone);
        foreach (string type in other.Events.Keys.Except(job.Events.Keys))
            found.Add(
                $"events.{type}: '{job.Recommender}' does not read such events; expected some of {string.Join(", ", job.Events.Keys)}.");
        return found;

        void Same<T>(string key, T mine, T theirs)
        {
            if (!Equals(mine, theirs))
                found.Add(
                    $"{key}: it is not the same as in the job that is measured; expected the same, because both are run on one extract.");
        }
    }

    /// <summary>Makes a configuration to compare with.</summary>
    /// <param name="name">Its name among the makers of lists.</param>
    /// <param name="other">A definition without <see cref="Obstacles"/>.</param>
    public ComparedRecipe Of(string name, RefreshJob other)
    {
        var options = JobPlan.Recipe(other);
        // The extract may hold types that this definition would not have read: they make nothing seen.
        var seen = options.Seen with { EventTypes = options.Seen.EventTypes ?? [.. other.Events.Keys] };
        var recipe = new Recipe(options with { Seen = seen, Threads = JobPlan.Recipe(job).Threads });
        return new ComparedRecipe(name, recipe, JobPlan.Again(other));
    }

    /// <summary>Makes a configuration of a job file.</summary>
    /// <param name="loaded">The file; its bare name becomes the name of the configuration.</param>
    /// <exception cref="ConfigurationException">It cannot be run on the extract, or its name means something else already.</exception>
    public ComparedRecipe Of(LoadedJob loaded)
    {
        string name = Path.GetFileNameWithoutExtension(loaded.Path);
        if (!_taken.Add(name))
            throw new ConfigurationException(
                $"{loaded.Path}: the evaluation has a list called '{name}' already; "
                + $"expected a file name other than {string.Join(", ", _taken.Order(StringComparer.Ordinal))}.");
        var obstacles = Obstacles(loaded.Job);
        return obstacles.Count == 0
            ? Of(name, loaded.Job)
            : throw new ConfigurationException(string.Join('\n', obstacles.Select(obstacle => $"{loaded.Path}: {obstacle}")));
    }

    /// <summary>Returns the sources of a job without what changes no row: how rows are found again says nothing of them.</summary>
    internal static IEnumerable<SourceOptions> ReadBy(RefreshJob job) => job.Sources.Select(source => source with { Incremental = null });
}
