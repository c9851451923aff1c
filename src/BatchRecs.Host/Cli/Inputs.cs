using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace BatchRecs.Host.Cli;

/// <summary>Arguments and options that several commands share.</summary>
static class Inputs
{
    /// <summary>The job file.</summary>
    public static Argument<string> Job() => new("JOB")
    {
        Description = "The job: a path, or the bare name of a file in jobs/ (online_retail for jobs/online_retail.yaml).",
    };

    /// <summary>The job whose recommender alone is meant.</summary>
    public static Option<string?> OnlyJob() => new("--job")
    {
        Description = "Only the recommender of this job: a path, or the bare name of a file in jobs/; without it, every recommender.",
        HelpName = "JOB",
    };

    /// <summary>The person whose data are meant.</summary>
    public static Option<string> User()
    {
        var option = new Option<string>("--user")
        {
            Description = "The user, as in the warehouse; an id that begins with a hyphen is written --user=-7.",
            HelpName = "ID",
            Required = true,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
                result.AddError("--user must not be empty.");
        });
        return option;
    }

    /// <summary>Finds the job file that an option names; null where it names none.</summary>
    public static string? Find(HostServices services, string? job) => job is null ? null : services.FindJob(job);

    /// <summary>Answers in JSON.</summary>
    public static Option<bool> Json() => new("--json")
    {
        Description = "Write the answer as JSON to standard output.",
    };

    /// <summary>How many rows are shown.</summary>
    /// <param name="defaultCount">Where nothing is said.</param>
    public static Option<int> Count(int defaultCount) => AtLeastOne("--count", "How many are shown.", defaultCount);

    /// <summary>A whole number from 1.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">What it says.</param>
    /// <param name="defaultValue">Where nothing is said.</param>
    public static Option<int> AtLeastOne(string name, string description, int defaultValue)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => defaultValue,
        };
        option.Validators.Add(result =>
        {
            if (result.Errors.Any())
                return;
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError($"{name} must be at least 1.");
        });
        return option;
    }

    /// <summary>The time up to which events count.</summary>
    public static Option<DateTimeOffset?> AsOf() => new("--as-of")
    {
        Description = "Count events up to this time only: 2026-01-31 or 2026-01-31T02:00:00+01:00 (without an offset: UTC).",
        HelpName = "TIME",
        CustomParser = ParseTime,
    };

    static DateTimeOffset? ParseTime(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        result.AddError($"'{text}' is not a time. Write it as 2026-01-31 or 2026-01-31T02:00:00+01:00.");
        return null;
    }
}
