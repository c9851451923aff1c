using BatchRecs.Core.Errors;
using BatchRecs.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace BatchRecs.UnitTests.Store;

public sealed class RetryTests
{
    readonly PauseClock _clock = new();
    int _attempts;

    [Fact]
    public async Task A_store_that_comes_back_is_worth_the_wait()
    {
        Assert.Equal("done", await Patient().RunAsync("test", FailingTimes(3, Gone), default));
        Assert.Equal((4, 3), (_attempts, _clock.Pauses.Count));
    }

    [Fact]
    public async Task What_will_not_pass_fails_at_once()
    {
        var error = new StoreException("The table is missing.") { SqlState = "42P01" };

        var thrown = await Assert.ThrowsAsync<StoreException>(() => Patient().RunAsync("test", FailingTimes(9, () => error), default));

        Assert.Same(error, thrown);
        Assert.Equal((1, 0), (_attempts, _clock.Pauses.Count));
    }

    [Fact]
    public async Task Patience_ends_and_the_error_says_so_and_is_not_tried_again_further_out()
    {
        var retry = Patient(attempts: 3);

        var error = await Assert.ThrowsAsync<StoreException>(() => retry.RunAsync(
            "outer", () => retry.RunAsync("inner", FailingTimes(99, Gone), default), default));

        string seconds = _clock.Pauses.Aggregate((a, b) => a + b).TotalSeconds.ToString("0", null);
        Assert.Equal($"The server is gone. Given up after 3 attempts in {seconds} s.", error.Message);
        Assert.Equal(("57P01", "test/statement", false, 3), (error.SqlState, error.Statement, error.IsTransient, _attempts));
    }

    [Fact]
    public async Task Patience_that_is_spent_is_not_spent_again_until_something_succeeds()
    {
        var retry = Patient(attempts: 3);
        await Assert.ThrowsAsync<StoreException>(() => retry.RunAsync("run", FailingTimes(99, Gone), default));
        Assert.Equal(3, _attempts);

        await Assert.ThrowsAsync<StoreException>(() => retry.RunAsync("ledger", FailingTimes(99, Gone), default));
        Assert.Equal(1, _attempts);

        await retry.RunAsync("back", FailingTimes(0, Gone), default);
        await Assert.ThrowsAsync<StoreException>(() => retry.RunAsync("gone again", FailingTimes(99, Gone), default));
        Assert.Equal(3, _attempts);
    }

    [Theory]
    [InlineData("55P03")]
    [InlineData("40P01")]
    [InlineData("40001")]
    [InlineData("5")]
    public async Task Locks_are_tried_five_times_whatever_the_settings_say(string code)
    {
        await Assert.ThrowsAsync<StoreException>(
            () => Patient(attempts: 1).RunAsync("test", FailingTimes(99, () => Transient(code)), default));

        Assert.Equal(5, _attempts);
    }

    [Theory]
    [InlineData("08006")]
    [InlineData("57P03")]
    [InlineData("53300")]
    public async Task A_server_that_is_away_is_tried_as_often_as_the_settings_say(string code)
    {
        await Assert.ThrowsAsync<StoreException>(
            () => Patient(attempts: 7).RunAsync("test", FailingTimes(99, () => Transient(code)), default));

        Assert.Equal(7, _attempts);
    }

    [Fact]
    public async Task A_network_that_breaks_counts_as_a_server_that_is_away()
    {
        var broken = new StoreException("Reset by peer.", new NpgsqlException("reset", new IOException()), isTransient: true);

        await Assert.ThrowsAsync<StoreException>(() => Patient(attempts: 7).RunAsync("test", FailingTimes(99, () => broken), default));

        Assert.Equal(7, _attempts);
    }

    [Fact]
    public async Task In_a_session_that_stays_open_only_locks_are_tried_again()
    {
        await Assert.ThrowsAsync<StoreException>(() => Patient().LocksAsync("test", FailingTimes(99, Gone), default));
        Assert.Equal(1, _attempts);

        await Patient().LocksAsync("test", FailingTimes(4, () => Transient("55P03")), default);
        Assert.Equal(5, _attempts);
    }

    [Fact]
    public async Task What_is_dear_is_tried_less_often()
    {
        await Assert.ThrowsAsync<StoreException>(() => Patient().RunAsync("test", FailingTimes(99, Gone), default, atMost: 2));

        Assert.Equal(2, _attempts);
    }

    [Fact]
    public async Task Pauses_grow_up_to_the_longest_and_are_drawn_evenly_below()
    {
        await Assert.ThrowsAsync<StoreException>(() => Patient(attempts: 400).RunAsync("test", FailingTimes(999, Gone), default));

        double[] limits = [0.5, 1, 2, 4, 8, 10];
        for (int n = 0; n < limits.Length; n++)
            Assert.InRange(_clock.Pauses[n].TotalSeconds, 0, limits[n]);
        var longest = _clock.Pauses.Skip(5).Select(pause => pause.TotalSeconds).ToList();
        Assert.InRange(longest.Max(), 9.5, 10);
        // The mean of 394 even draws from 0 to 10 lies within 4 standard errors of 0.145.
        Assert.InRange(longest.Average(), 4.4, 5.6);
    }

    [Fact]
    public async Task The_defaults_bear_a_restart_of_the_server()
    {
        double[] waits = new double[100];
        for (int n = 0; n < waits.Length; n++)
        {
            _clock.Pauses.Clear();
            var retry = new Retry("test", new RetrySettings(), _clock, (ulong)n, NullLogger.Instance);
            await Assert.ThrowsAsync<StoreException>(() => retry.RunAsync("test", FailingTimes(99, Gone), default));
            waits[n] = _clock.Pauses.Sum(pause => pause.TotalSeconds);
        }

        Assert.InRange(waits.Average(), 35, 41);
        Assert.InRange(waits.Min(), 15, 30);
    }

    [Fact]
    public async Task A_cancellation_ends_a_pause_at_once_and_all_patience()
    {
        using var cancellation = new CancellationTokenSource();
        var retry = Patient();
        _clock.Instead = cancellation.Cancel;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => retry.RunAsync("run", FailingTimes(99, Gone), cancellation.Token));
        Assert.Equal(1, _attempts);

        await Assert.ThrowsAsync<StoreException>(() => retry.RunAsync("ledger", FailingTimes(99, Gone), default));
        Assert.Equal((1, 1), (_attempts, _clock.Pauses.Count));
    }

    static StoreException Gone() => Transient("57P01");

    static StoreException Transient(string code) =>
        new("The server is gone.", isTransient: true) { SqlState = code, Statement = "test/statement" };

    Retry Patient(int attempts = 12) =>
        new("test", new RetrySettings { Attempts = attempts }, _clock, seed: 7, NullLogger.Instance);

    Func<Task<string>> FailingTimes(int times, Func<StoreException> error)
    {
        _attempts = 0;
        return () => ++_attempts > times ? Task.FromResult("done") : Task.FromException<string>(error());
    }
}
