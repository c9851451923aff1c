using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>
/// A job of kind <c>refresh</c> or <c>trending</c>: one recommender, from its sources to its release. A trending job has some of the keys:
/// <see cref="TrendingChecks"/>.
/// </summary>
public sealed record RefreshJob
{
    /// <summary>Gets what kind of job this is.</summary>
    /// <value>The default is <see cref="JobKind.Refresh"/>; a <see cref="PruneJob"/> or a <see cref="TuneJob"/> is of another kind.</value>
    public JobKind Kind { get; init; } = JobKind.Refresh;

    /// <summary>Gets the name of the recommender; serving tables carry it.</summary>
    [RegularExpression(
        "^[a-z][a-z0-9_]{0,39}$",
        ErrorMessage = "a lower-case letter, then lower-case letters, digits and underscores, at most 40 in all")]
    public required string Recommender { get; init; }

    /// <summary>Gets the names of the stores to read from and to write to.</summary>
    public StoreNames Stores { get; init; } = new();

    /// <summary>Gets the IANA time zone of day buckets and of time columns without a zone.</summary>
    /// <value>The default is UTC, unless a source column has no zone: then it must be given.</value>
    public string? TimeZone { get; init; }

    /// <summary>Gets what as-of means where the command line does not say.</summary>
    /// <value>The default is <see cref="AsOfPolicy.Now"/>.</value>
    public AsOfPolicy AsOf { get; init; } = AsOfPolicy.Now;

    /// <summary>Gets where the events come from, at least one source.</summary>
    [MinLength(1)]
    public required IReadOnlyList<SourceOptions> Sources { get; init; }

    /// <summary>Gets how far back from as-of events are read.</summary>
    /// <value>The default is 730 days.</value>
    [DurationRange("1h", "36500d")]
    public TimeSpan Window { get; init; } = TimeSpan.FromDays(730);

    /// <summary>Gets whether a run reads only what is new or changed since the last one; written <c>incremental: true</c>.</summary>
    /// <value>By default everything is read every time.</value>
    [Word("true", Member = nameof(IncrementalOptions.On))]
    public IncrementalOptions Incremental { get; init; } = IncrementalOptions.Off;

    /// <summary>Gets how many bad rows are tolerated.</summary>
    public RejectOptions Rejects { get; init; } = new();

    /// <summary>Gets where titles and categories of items come from; optional.</summary>
    public ItemsOptions? Items { get; init; }

    /// <summary>Gets what each event type is worth, by name; types that are not named are unknown and left out.</summary>
    /// <value>By default every constant event of the sources has weight 1 and a half-life of 90 days.</value>
    [MinLength(1)]
    public IReadOnlyDictionary<string, EventOptions> Events { get; init; } = new Dictionary<string, EventOptions>();

    /// <summary>Gets how events become weights.</summary>
    public WeightsOptions Weights { get; init; } = new();

    /// <summary>Gets the scorers by catalog name, each with its own options record.</summary>
    /// <value>The default is <c>als</c> and <c>recent</c> with their defaults.</value>
    [MinLength(1)]
    public IReadOnlyDictionary<string, object> Scorers { get; init; } = new Dictionary<string, object>();

    /// <summary>Gets the weight of each scorer in the fused list.</summary>
    /// <value>By default 1 for the first scorer and <c>tuned</c> for the others.</value>
    [MinLength(1)]
    public IReadOnlyDictionary<string, Tunable> Blend { get; init; } = new Dictionary<string, Tunable>();

    /// <summary>Gets how lists are measured before they are published.</summary>
    public EvaluateOptions Evaluate { get; init; } = new();

    /// <summary>Gets who gets a precomputed list.</summary>
    public UsersOptions Users { get; init; } = new();

    /// <summary>Gets what never may be recommended.</summary>
    public ExcludeOptions Exclude { get; init; } = new();

    /// <summary>Gets who is to be forgotten, and who wants nothing personal.</summary>
    public PrivacyOptions Privacy { get; init; } = new();

    /// <summary>Gets how the main lists are made.</summary>
    public PrecomputeOptions Precompute { get; init; } = new();

    /// <summary>Gets named groups of users that rules may be for: paths of SQL files whose first column lists users.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyDictionary<string, string> Segments { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets what the shop wants of some items, in order of precedence.</summary>
    /// <value>The default is nothing.</value>
    public IReadOnlyList<RuleOptions> Rules { get; init; } = [];

    /// <summary>Gets the place of main lists that is given to drawn items; null = every place goes to what is thought best.</summary>
    public ExploreOptions? Explore { get; init; }

    /// <summary>Gets the list of items to buy or see again; null = no such list.</summary>
    public AgainOptions? Again { get; init; }

    /// <summary>Gets how many similar items are kept per item.</summary>
    public SimilarOptions Similar { get; init; } = new();

    /// <summary>Gets how popular and trending lists are made.</summary>
    public PopularOptions Popular { get; init; } = new();

    /// <summary>Gets what readers should not see from the moment it happens: sold out, just bought.</summary>
    public LiveOptions Live { get; init; } = new();

    /// <summary>Gets the limits that a finished release must keep.</summary>
    public GuardOptions Guard { get; init; } = new();

    /// <summary>Gets which figures of served lists are worth a warning.</summary>
    public MonitorOptions Monitor { get; init; } = new();

    /// <summary>Gets how releases are kept.</summary>
    public PublishOptions Publish { get; init; } = new();

    /// <summary>Gets how long artifacts stay on disk.</summary>
    public ArtifactsOptions Artifacts { get; init; } = new();

    /// <summary>Gets how much room a run may plan for.</summary>
    public LimitsOptions Limits { get; init; } = new();

    /// <summary>Gets the seed of every random number.</summary>
    /// <value>The default is 42.</value>
    [Range(typeof(long), "0", "9223372036854775807")]
    public long Seed { get; init; } = 42;

    /// <summary>Gets the number of threads; never changes a result.</summary>
    /// <value>The default 0 means one per processor.</value>
    [Range(0, 1024)]
    public int Threads { get; init; }
}

/// <summary>The kinds of jobs.</summary>
public enum JobKind
{
    /// <summary>The whole line, from extract to publish.</summary>
    Refresh,

    /// <summary>Removes what has become old.</summary>
    Prune,

    /// <summary>Extract, popular and trending lists, publish: nothing is learnt.</summary>
    Trending,

    /// <summary>Tries other settings of a refresh job and proposes the best.</summary>
    Tune,
}

/// <summary>Which configured stores (appsettings, <c>stores.NAME</c>) a job uses.</summary>
public sealed record StoreNames
{
    /// <summary>Gets the store that events are read from.</summary>
    /// <value>The default is <c>warehouse</c>.</value>
    public string Warehouse { get; init; } = "warehouse";

    /// <summary>Gets the store that releases and the run ledger are written to.</summary>
    /// <value>The default is <c>serving</c>.</value>
    public string Serving { get; init; } = "serving";
}

/// <summary>What as-of means where nobody says.</summary>
public enum AsOfPolicy
{
    /// <summary>The wall clock.</summary>
    Now,

    /// <summary>The time of the newest event in the sources: for data that ended long ago.</summary>
    [JsonStringEnumMemberName("latest-event")]
    LatestEvent,
}
