using BatchRecs.Core.Errors;
using BatchRecs.Core.Guarding;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Ledger;

/// <summary>Who publishes a release although a guard refuses it, when, and why.</summary>
/// <param name="By">The person: <c>anna@host via cli</c>.</param>
/// <param name="At">When.</param>
/// <param name="Reason">In the person's words.</param>
public sealed record GuardOverride(string By, DateTimeOffset At, string Reason);

/// <summary>The guards' part of the ledger: figures that later runs are compared with, and verdicts rule by rule.</summary>
/// <remarks>Figures and rules go with their run. Every method throws <see cref="StoreException"/> if the store refuses.</remarks>
/// <param name="database">The store; its migrations are applied.</param>
public sealed class GuardLedger(Database database)
{
    readonly Tokens _tokens = database.FixedTokens();

    /// <summary>Keeps figures of a run; what an earlier attempt of it left is replaced.</summary>
    /// <param name="runId">Id of the run.</param>
    /// <param name="definition">Hash of what the figures depend on by definition: only figures with the same hash are compared.</param>
    /// <param name="figures">The figures by name; none names a user.</param>
    /// <param name="token">Cancels; nothing is kept then.</param>
    public Task SaveFiguresAsync(
        long runId, string definition, IReadOnlyDictionary<string, double> figures, CancellationToken token) => WriteAsync(
        "keeping the figures of a run",
        async session =>
        {
            var rows = figures.Select(figure => new { runId, definition, name = figure.Key, figure = figure.Value }).ToArray();
            await session.ExecuteAsync(new Statement("guards/clear_figures", _tokens, new { runId, definition }), token);
            await session.ExecuteAsync(new Statement("guards/insert_figure", _tokens, rows), token);
        },
        token);

    /// <summary>Finds the figures of the last good runs: those that published a release, or found the current one unchanged.</summary>
    /// <param name="recommender">Name of the recommender.</param>
    /// <param name="definition">Only figures with this hash.</param>
    /// <param name="asOf">Only runs up to this as-of: a backfill is not compared with what came later.</param>
    /// <param name="limit">At most so many runs, from 1.</param>
    /// <param name="sinceOverride">
    /// True = only runs from the last one on whose refused release a person let through: with it, other figures became usual.
    /// </param>
    /// <param name="token">Cancels.</param>
    /// <returns>The figures by name of each run, newest run first.</returns>
    public Task<IReadOnlyList<IReadOnlyDictionary<string, double>>> GoodRunsAsync(
        string recommender, string definition, DateTimeOffset asOf, int limit, bool sinceOverride, CancellationToken token) =>
        database.Retry.RunAsync("reading the figures of earlier runs", async () =>
        {
            await using var session = await database.StartAsync(readOnly: true, token);
            var rows = await session.QueryAsync<FigureRow>(
                new Statement(
                    "guards/good_figures",
                    _tokens,
                    new { recommender, definition, asOf, limit, sinceOverride = sinceOverride ? 1 : 0 }),
                token);
            return (IReadOnlyList<IReadOnlyDictionary<string, double>>)
                [.. rows.GroupBy(row => row.RunId).Select(run => run.ToDictionary(row => row.Name, row => row.Figure))];
        }, token);

    /// <summary>Keeps the verdict on a run; what an earlier attempt of it left is replaced.</summary>
    /// <param name="runId">Id of the run.</param>
    /// <param name="verdict">The rules in their order.</param>
    /// <param name="overridden">Who publishes all the same; null = nobody.</param>
    /// <param name="token">Cancels; nothing is kept then.</param>
    public Task SaveVerdictAsync(long runId, GuardVerdict verdict, GuardOverride? overridden, CancellationToken token) => WriteAsync(
        "keeping the verdict",
        async session =>
        {
            var rows = verdict.Rules.Select((rule, position) => new
            {
                runId,
                position,
                rule = rule.Name,
                figure = rule.Figure,
                limit = rule.Limit,
                passed = rule.Passed ? 1 : 0,
                message = rule.Message,
            }).ToArray();
            await session.ExecuteAsync(new Statement("guards/clear_verdict", _tokens, new { runId }), token);
            await session.ExecuteAsync(new Statement("guards/insert_rule", _tokens, rows), token);
            object note = new { runId, at = overridden?.At, by = overridden?.By, reason = overridden?.Reason };
            await session.ExecuteAsync(new Statement("guards/note_override", _tokens, note), token);
        },
        token);

    /// <summary>Returns the verdict on a run; without rules if it ended before one was given.</summary>
    public async Task<GuardVerdict> VerdictAsync(long runId, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: true, token);
        var rows = await session.QueryAsync<RuleRow>(new Statement("guards/list_rules", _tokens, new { runId }), token);
        return new GuardVerdict([.. rows.Select(row => new GuardRule(row.Rule, row.Figure, row.LimitValue, row.Passed != 0, row.Message))]);
    }

    Task<bool> WriteAsync(string what, Func<Session, Task> write, CancellationToken token) => database.Retry.RunAsync(what, async () =>
    {
        await using var session = await database.StartAsync(readOnly: false, token);
        await session.BeginAsync(token);
        await write(session);
        await session.CommitAsync(token);
        return true;
    }, token);

    sealed record FigureRow
    {
        public long RunId { get; init; }

        public required string Name { get; init; }

        public double Figure { get; init; }
    }

    sealed record RuleRow
    {
        public required string Rule { get; init; }

        public double? Figure { get; init; }

        public double LimitValue { get; init; }

        public int Passed { get; init; }

        public required string Message { get; init; }
    }
}
