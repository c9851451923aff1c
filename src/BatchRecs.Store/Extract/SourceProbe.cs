using System.Data.Common;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;

namespace BatchRecs.Store.Extract;

/// <summary>Looks at sources without reading them: are they there, may they be read, do their types fit, how large are they.</summary>
public static class SourceProbe
{
    /// <summary>Up to this many (estimated) rows a source is counted, which takes a second or two.</summary>
    public const long CountedUpTo = 1_000_000;

    /// <summary>Looks at an event source.</summary>
    /// <param name="session">The warehouse.</param>
    /// <param name="source">The source.</param>
    /// <param name="token">Ends the look early.</param>
    /// <exception cref="StoreException">The warehouse failed; what is wrong with the source itself is in the result.</exception>
    public static Task<SourceFindings> LookAsync(SourceSession session, EventSource source, CancellationToken token) =>
        LookAsync(session, source.Label, async () =>
        {
            var (columns, problems) = await SourceBinding.BindAsync(session, source, token);
            if (columns is null)
                return new SourceFindings { Label = source.Label, Problems = problems };
            long rows = await session.EstimateRowsAsync(source.Relation, token);
            var counts = rows <= CountedUpTo ? await session.CountAsync(source, token) : ((long Rows, long Users, long Items)?)null;
            return new SourceFindings
            {
                Label = source.Label,
                Problems = [],
                UserKind = columns.User.IdKind,
                ItemKind = columns.Item.IdKind,
                Rows = counts?.Rows ?? rows,
                Users = counts?.Users,
                Items = counts?.Items,
                IsExact = counts is not null,
            };
        });

    /// <summary>Looks at the source of titles and categories.</summary>
    /// <param name="session">The warehouse.</param>
    /// <param name="source">The source.</param>
    /// <param name="token">Ends the look early.</param>
    public static Task<SourceFindings> LookAsync(SourceSession session, ItemSource source, CancellationToken token) =>
        LookAsync(session, source.Label, async () =>
        {
            string[] names = [.. new[] { source.Item, source.Title, source.Categories }.OfType<string>()];
            var (columns, problems) = await SourceBinding.DescribeAsync(session, source.Label, source.Relation, names, token);
            if (columns is not null && SourceBinding.CheckId(source.Label, source.Role, columns[0]) is { } problem)
                problems = [problem];
            return new SourceFindings
            {
                Label = source.Label,
                Problems = problems,
                ItemKind = columns?[0].IdKind,
                Rows = problems.Count == 0 ? await session.EstimateRowsAsync(source.Relation, token) : 0,
            };
        });

    static Task<SourceFindings> LookAsync(SourceSession session, string label, Func<Task<SourceFindings>> look) =>
        InteractionReader.RunAsync(session, label, async () =>
        {
            try
            {
                return await look();
            }
            catch (DbException error) when (session.Explain(error, label) is { } problem)
            {
                return new SourceFindings { Label = label, Problems = [problem] };
            }
        });
}

/// <summary>What a look at a source found.</summary>
public sealed record SourceFindings
{
    /// <summary>Gets what the source is called.</summary>
    public required string Label { get; init; }

    /// <summary>Gets what keeps the source from being read; empty = nothing.</summary>
    public required IReadOnlyList<SourceProblem> Problems { get; init; }

    /// <summary>Gets the kind of the user ids, where known.</summary>
    public IdKind? UserKind { get; init; }

    /// <summary>Gets the kind of the item ids, where known.</summary>
    public IdKind? ItemKind { get; init; }

    /// <summary>Gets the number of rows, inside the window or not.</summary>
    public long Rows { get; init; }

    /// <summary>Gets the number of distinct users; null where the source is too large to count.</summary>
    public long? Users { get; init; }

    /// <summary>Gets the number of distinct items; null where the source is too large to count.</summary>
    public long? Items { get; init; }

    /// <summary>Gets a value indicating whether the numbers were counted and not estimated.</summary>
    public bool IsExact { get; init; }
}
