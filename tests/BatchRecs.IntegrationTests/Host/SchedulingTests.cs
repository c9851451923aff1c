using BatchRecs.Core.Errors;
using BatchRecs.Host.Scheduling;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using Quartz;
using static BatchRecs.IntegrationTests.Host.ServeFixture;

namespace BatchRecs.IntegrationTests.Host;

/// <summary>Schedules on a real server with a real SQLite store; only the run itself is played.</summary>
public sealed class SchedulingTests : IDisposable
{
    static readonly DateTimeOffset Monday = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    readonly ServeFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task A_schedule_fires_its_job_with_the_fire_time_as_as_of()
    {
        var clock = new ShiftedClock(Monday);
        await using var server = await _fixture.StartAsync(clock, Schedule("every_second", "* * * * * *"));

        var run = await _fixture.NextRunAsync();

        Assert.Equal("jobs/shop.yaml", run.JobPath);
        Assert.Equal("schedule:every_second", run.Trigger);
        Assert.InRange(run.ScheduledAt!.Value, Monday, clock.GetUtcNow());
        Assert.Equal(0, run.ScheduledAt.Value.Ticks % TimeSpan.TicksPerSecond);
    }

    [Fact]
    public async Task Five_fields_are_read_in_the_time_zone_of_the_schedule()
    {
        var utc = Schedule("nightly", "30 2 * * 1");
        var nightly = utc with { Definition = utc.Definition with { TimeZone = "Europe/Berlin" } };
        await using var server = await _fixture.StartAsync(new ShiftedClock(Monday), nightly);

        var trigger = await server.TriggerAsync("nightly");

        Assert.Equal(new DateTimeOffset(2026, 3, 9, 1, 30, 0, TimeSpan.Zero), trigger!.NextFireTimeUtc);
    }

    [Fact]
    public async Task A_firing_missed_while_nothing_ran_is_made_up_for_once_as_of_its_own_time()
    {
        var nightly = Schedule("nightly", "0 3 * * *");
        await (await _fixture.StartAsync(new ShiftedClock(Monday), nightly)).DisposeAsync();

        await using var server = await _fixture.StartAsync(new ShiftedClock(Monday.AddDays(3)), nightly);
        var run = await _fixture.NextRunAsync();
        await WaitForEndAsync(server);

        Assert.Equal(new DateTimeOffset(2026, 3, 5, 3, 0, 0, TimeSpan.Zero), run.ScheduledAt);
        Assert.Equal(new DateTimeOffset(2026, 3, 6, 3, 0, 0, TimeSpan.Zero), (await server.TriggerAsync("nightly"))!.NextFireTimeUtc);
        Assert.Single(_fixture.Runs);
    }

    [Fact]
    public async Task A_missed_firing_is_left_out_where_the_schedule_says_skip()
    {
        var once = Schedule("nightly", "0 3 * * *");
        var nightly = once with { Definition = once.Definition with { Misfire = MisfirePolicy.Skip } };
        await (await _fixture.StartAsync(new ShiftedClock(Monday), nightly)).DisposeAsync();

        await using var server = await _fixture.StartAsync(new ShiftedClock(Monday.AddDays(3)), nightly);

        Assert.Equal(new DateTimeOffset(2026, 3, 6, 3, 0, 0, TimeSpan.Zero), (await server.TriggerAsync("nightly"))!.NextFireTimeUtc);
        Assert.Empty(_fixture.Runs);
    }

    [Fact]
    public async Task A_schedule_whose_file_is_gone_or_not_enabled_is_removed()
    {
        var kept = Schedule("kept", "0 3 * * *");
        var disabled = Schedule("disabled", "0 4 * * *");
        await (await _fixture.StartAsync(new ShiftedClock(Monday), kept, disabled, Schedule("gone", "0 5 * * *"))).DisposeAsync();

        await using var server = await _fixture.StartAsync(
            new ShiftedClock(Monday), kept, disabled with { Definition = disabled.Definition with { Enabled = false } });

        Assert.NotNull(await server.TriggerAsync("kept"));
        Assert.Null(await server.TriggerAsync("disabled"));
        Assert.Null(await server.TriggerAsync("gone"));
    }

    [Fact]
    public async Task A_changed_file_changes_the_schedule_and_a_pause_set_by_a_person_stays()
    {
        await using (var first = await _fixture.StartAsync(new ShiftedClock(Monday), Schedule("nightly", "0 3 * * *")))
            await first.Scheduler.PauseTrigger(new TriggerKey("nightly", ScheduleReconciler.Group));

        await using var second = await _fixture.StartAsync(
            new ShiftedClock(Monday), Schedule("nightly", "0 4 * * *", job: "jobs/other.yaml"));

        var trigger = await second.TriggerAsync("nightly");
        Assert.Equal("0 0 4 * * ?", ((ICronTrigger)trigger!).CronExpressionString);
        Assert.Equal(new JobKey("jobs/other.yaml", ScheduleReconciler.Group), trigger.JobKey);
        Assert.Equal(TriggerState.Paused, await second.Scheduler.GetTriggerState(trigger.Key));
    }

    [Fact]
    public async Task A_wrong_cron_expression_stops_the_start_and_names_the_schedule()
    {
        var exception = await Assert.ThrowsAsync<ConfigurationException>(
            () => _fixture.StartAsync(new ShiftedClock(Monday), Schedule("nightly", "0 25 * * *")));

        Assert.Equal(
            "schedule nightly: cron is '0 25 * * *', which is not valid. "
            + "Write five fields (minute hour day month weekday), as in '0 2 * * *' for 02:00.",
            exception.Message);
    }

    [Fact]
    public async Task A_store_that_cannot_be_opened_stops_the_start_and_is_named()
    {
        _fixture.DatabaseFile = "no/such/folder/serving.db";

        var exception = await Assert.ThrowsAsync<StoreException>(
            () => _fixture.StartAsync(new ShiftedClock(Monday), Schedule("nightly", "0 3 * * *")));

        Assert.Equal(
            "The scheduler cannot use the store 'serving': SQLite Error 14: 'unable to open database file'. "
            + "Check stores.serving in appsettings and that this user may create tables there.",
            exception.Message);
    }

    [Fact]
    public async Task A_store_failure_is_repeated_after_the_delay_with_the_same_as_of()
    {
        _fixture.Work = (_, _) => _fixture.Runs.Count == 1
            ? throw new StoreException("The server is restarting.")
            : Task.FromResult(Published());
        await using var server = await _fixture.StartAsync(new ShiftedClock(Monday.AddSeconds(-1)), AtNoon(attempts: 2));

        var first = await _fixture.NextRunAsync();
        var second = await _fixture.NextRunAsync();

        Assert.Equal(Monday, first.ScheduledAt);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_configuration_mistake_is_not_repeated()
    {
        _fixture.Work = (_, _) => throw new ConfigurationException("jobs/shop.yaml:3: unknown key");
        await using var server = await _fixture.StartAsync(new ShiftedClock(Monday.AddSeconds(-1)), AtNoon(attempts: 2));

        await _fixture.NextRunAsync();
        await WaitForEndAsync(server);

        var trigger = await server.TriggerAsync("noon");
        Assert.Equal(Monday.AddDays(1), trigger!.NextFireTimeUtc);
        Assert.Single(_fixture.Runs);
    }

    [Fact]
    public async Task The_same_job_never_runs_twice_at_once()
    {
        var gate = new TaskCompletionSource();
        _fixture.Work = async (_, token) =>
        {
            await gate.Task.WaitAsync(token);
            return Published();
        };
        await using var server = await _fixture.StartAsync(
            new ShiftedClock(Monday), Schedule("one", "* * * * * *"), Schedule("two", "* * * * * *"));

        var first = await _fixture.NextRunAsync();
        string other = first.Trigger == "schedule:one" ? "two" : "one";
        await WaitForStateAsync(server, other, TriggerState.Blocked);

        Assert.Single(_fixture.Runs);
        gate.SetResult();
        await _fixture.NextRunAsync();
    }

    [Fact]
    public async Task A_run_cancelled_by_a_shutdown_is_taken_up_again_at_the_next_start()
    {
        _fixture.Work = async (_, token) =>
        {
            await new TaskCompletionSource().Task.WaitAsync(token);
            return Published();
        };
        RunRequest cancelled;
        await using (await _fixture.StartAsync(new ShiftedClock(Monday.AddSeconds(-1)), AtNoon(attempts: 0)))
            cancelled = await _fixture.NextRunAsync();
        _fixture.Work = (_, _) => Task.FromResult(Published());

        await using var next = await _fixture.StartAsync(new ShiftedClock(Monday.AddSeconds(20)), AtNoon(attempts: 0));

        Assert.Equal(cancelled, await _fixture.NextRunAsync());
    }

    static NamedSchedule AtNoon(int attempts) => new("noon", new ScheduleDefinition
    {
        Job = "jobs/shop.yaml",
        Cron = "0 12 * * *",
        Retry = new RetryOptions { Attempts = attempts, Delay = TimeSpan.FromSeconds(1) },
    });

    /// <summary>Waits until no job is running: what a firing leads to is in the store then.</summary>
    static async Task WaitForEndAsync(RunningServer server)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await server.Scheduler.QueryFireInstances(new FireInstanceQuery(), limit.Token)).Items.Count > 0)
            await Task.Yield();
    }

    static async Task WaitForStateAsync(RunningServer server, string schedule, TriggerState state)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await server.Scheduler.GetTriggerState(new TriggerKey(schedule, ScheduleReconciler.Group), limit.Token) != state)
            await Task.Yield();
    }
}
