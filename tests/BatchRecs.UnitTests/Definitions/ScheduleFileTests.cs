using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.UnitTests.Definitions;

public sealed class ScheduleFileTests : IDisposable
{
    readonly SomeProject _project = new();

    public ScheduleFileTests() => _project.Write("jobs/movies.yaml", SomeProject.ShortestJob);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_job_and_a_cron_expression_alone_make_a_schedule() =>
        Assert.Equal(
            new ScheduleDefinition
            {
                Job = "jobs/movies.yaml",
                Cron = "0 3 * * *",
                TimeZone = "UTC",
                Enabled = true,
                Misfire = MisfirePolicy.FireOnce,
                Retry = new RetryOptions { Attempts = 2, Delay = TimeSpan.FromMinutes(10) },
            },
            Load("job: jobs/movies.yaml\ncron: 0 3 * * *\n"));

    [Fact]
    public void Every_key_that_is_wrong_by_itself_is_shown_at_once() =>
        Assert.Equal(
            [
                "schedules/nightly.yaml: job: missing; expected a text.",
                "schedules/nightly.yaml:1: cron: found nothing; expected a text.",
                "schedules/nightly.yaml:2: enabled: found 'yes'; expected true or false.",
                "schedules/nightly.yaml:3: misfire: found 'fireonce'; did you mean 'fireOnce'?",
                "schedules/nightly.yaml:4: retry.atempts: unknown key; did you mean 'attempts'?",
                "schedules/nightly.yaml:4: retry.delay: found '2d'; expected a duration from 1s to 1d, such as 90d, 12h, 30m or 10s.",
            ],
            Mistakes("cron:\nenabled: yes\nmisfire: fireonce\nretry: { atempts: 2, delay: 2d }\n"));

    [Fact]
    public void The_job_and_the_time_zone_must_exist() =>
        Assert.Equal(
            [
                "schedules/nightly.yaml:2: job: there is no file 'jobs/films.yaml'; "
                    + "expected a job file, its path relative to the project root.",
                "schedules/nightly.yaml:3: timeZone: found 'Europe/Nowhere'; expected the name of a time zone, such as Europe/Berlin.",
            ],
            Mistakes("cron: 0 3 * * *\njob: jobs/films.yaml\ntimeZone: Europe/Nowhere\n"));

    [Fact]
    public void The_job_lies_inside_the_project() =>
        Assert.Equal(
            ["schedules/nightly.yaml:1: job: found '../movies.yaml'; expected a file inside the project."],
            Mistakes("job: ../movies.yaml\ncron: 0 3 * * *\n"));

    ScheduleDefinition Load(string text)
    {
        _project.Write("schedules/nightly.yaml", text);
        return ScheduleFile.Load("schedules/nightly.yaml", _project.Root);
    }

    string[] Mistakes(string text) => Assert.Throws<ConfigurationException>(() => Load(text)).Message.Split(Environment.NewLine);
}
