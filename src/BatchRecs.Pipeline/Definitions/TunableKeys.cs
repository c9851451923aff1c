using BatchRecs.Core.Searching;
using BatchRecs.Core.Training;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>The keys of refresh jobs that a search may change, with default ranges; a further key is an entry here.</summary>
/// <param name="job">The complete definition that is tuned.</param>
sealed class TunableKeys(RefreshJob job)
{
    const double Hour = 1.0 / 24;
    const double LongestDays = 36500;

    readonly List<TunableKey> _keys = [];

    /// <summary>Lists the keys of a definition.</summary>
    public static IReadOnlyList<TunableKey> Of(RefreshJob job)
    {
        var keys = new TunableKeys(job);
        keys.AddScorers();
        keys.AddEvents();
        keys.AddWeights();
        keys.AddBlend();
        return keys._keys;
    }

    void AddScorers()
    {
        foreach (var (name, options) in job.Scorers)
            if (options is AlsOptions als)
                AddAls(name, als);
            else if (options is RecentOptions recent)
                Add(
                    Days($"scorers.{name}.halfLife", 0.5, 60, recent.HalfLife.Value),
                    (other, days) => WithScorer(other, name, (RecentOptions of) => of with { HalfLife = new Tunable(days) }),
                    Hour,
                    LongestDays,
                    present: recent.HalfLife.Value is { } days ? DurationText.Format(TimeSpan.FromDays(days)) : "tuned");
    }

    void AddAls(string name, AlsOptions als)
    {
        AddOfAls(
            "factors", Number(16, 256, als.Factors, true) with { Grain = Grain.Whole }, (of, v) => of with { Factors = (int)v }, 1, 1024);
        AddOfAls("unobservedWeight", Number(0.003, 1, als.UnobservedWeight, true), (of, v) => of with { UnobservedWeight = v }, 1e-6, 100);
        AddOfAls("regularization", Number(0.0003, 0.1, als.Regularization, true), (of, v) => of with { Regularization = v }, 0, 1000);
        AddOfAls(
            "iterations",
            Number(4, 20, als.Iterations, false) with { Grain = Grain.Whole },
            (of, v) => of with { Iterations = (int)v },
            1,
            100);
        AddOfAls(
            "regularizationExponent",
            Number(0, 1, als.RegularizationExponent, false),
            (of, v) => of with { RegularizationExponent = v },
            0,
            2,
            isDefault: false);

        void AddOfAls(
            string key,
            SearchDimension dimension,
            Func<AlsOptions, double, AlsOptions> with,
            double least,
            double greatest,
            bool isDefault = true) =>
            Add(
                dimension with { Name = $"scorers.{name}.{key}" },
                (other, value) => WithScorer(other, name, (AlsOptions of) => with(of, value)),
                least,
                greatest,
                isDefault);
    }

    void AddEvents()
    {
        foreach (var (type, options) in job.Events)
        {
            Add(
                Days($"events.{type}.halfLife", 7, 730, options.HalfLife?.TotalDays),
                (other, days) => WithEvent(other, type, of => of with { HalfLife = TimeSpan.FromHours(Math.Round(days * 24)) }),
                Hour,
                LongestDays,
                present: options.HalfLife is { } halfLife ? DurationText.Format(halfLife) : "never");
            Add(
                Number(0.05, 5, options.Weight, true) with { Name = $"events.{type}.weight" },
                (other, value) => WithEvent(other, type, of => of with { Weight = value }),
                0,
                1e6,
                isDefault: false);
        }
    }

    void AddWeights()
    {
        var weights = job.Weights;
        Add(
            Number(0, 0.2, weights.Floor, false) with { Name = "weights.floor" },
            (other, value) => other with { Weights = other.Weights with { Floor = value } },
            0,
            1);
        Add(
            Number(0, 0.75, weights.Propensity.Training, false) with { Name = "weights.propensity.training" },
            (other, value) => other with
            {
                Weights = other.Weights with { Propensity = other.Weights.Propensity with { Training = value } },
            },
            0,
            1);
        Add(
            Number(0, 1, weights.UserDamping, false) with { Name = "weights.userDamping" },
            (other, value) => other with { Weights = other.Weights with { UserDamping = value } },
            0,
            1,
            isDefault: false);
    }

    /// <summary>Only ratios of weights count, so the first scorer keeps its own and the others range around it.</summary>
    void AddBlend()
    {
        double first = job.Blend[job.Scorers.Keys.First()].Value is > 0 and var weight ? weight : 1;
        foreach (string name in job.Scorers.Keys.Skip(1))
            Add(
                Number(first * 0.05, first * 20, job.Blend[name].Value, true) with { Name = $"blend.{name}" },
                (other, value) => other with { Blend = Replaced(other.Blend, name, new Tunable(value)) },
                0,
                double.MaxValue,
                present: job.Blend[name].ToString());
    }

    void Add(
        SearchDimension dimension,
        Func<RefreshJob, double, RefreshJob> with,
        double leastAllowed,
        double greatestAllowed,
        bool isDefault = true,
        string? present = null)
    {
        var key = new TunableKey(dimension, with)
        {
            LeastAllowed = leastAllowed,
            GreatestAllowed = greatestAllowed,
            IsDefault = isDefault,
        };
        _keys.Add(key with { Present = present ?? key.Format(dimension.Current!.Value) });
    }

    static SearchDimension Number(double least, double greatest, double? current, bool isLogarithmic) =>
        new() { Name = "", Least = least, Greatest = greatest, Current = current, IsLogarithmic = isLogarithmic };

    static SearchDimension Days(string name, double least, double greatest, double? current) =>
        new() { Name = name, Least = least, Greatest = greatest, Current = current, IsLogarithmic = true, Grain = Grain.Days };

    static RefreshJob WithScorer<T>(RefreshJob job, string name, Func<T, T> with) where T : class =>
        job with { Scorers = Replaced(job.Scorers, name, with((T)job.Scorers[name])) };

    static RefreshJob WithEvent(RefreshJob job, string type, Func<EventOptions, EventOptions> with) =>
        job with { Events = Replaced(job.Events, type, with(job.Events[type])) };

    /// <summary>The order of the entries, which decides ties, stays.</summary>
    static Dictionary<string, T> Replaced<T>(IReadOnlyDictionary<string, T> entries, string name, T value) =>
        entries.ToDictionary(entry => entry.Key, entry => entry.Key == name ? value : entry.Value);
}
