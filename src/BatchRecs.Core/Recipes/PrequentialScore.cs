using BatchRecs.Core.Data;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Training;

namespace BatchRecs.Core.Recipes;

/// <summary>A period in which lists were served, and what their users took in it.</summary>
/// <param name="Split">The events up to the end of the period, cut at its start: before it, and in it.</param>
/// <param name="Truth">What users took in the period and could have been recommended; in the indices of the part before.</param>
/// <param name="Until">The first instant after the period, in microseconds since 1970-01-01 UTC.</param>
public sealed record ServedPeriod(TemporalSplit Split, TestTruth Truth, long Until)
{
    /// <summary>Gets the users to read lists of, in the order in which <see cref="ServedLists"/> has them.</summary>
    public IEnumerable<string> UserIds => Truth.Users.Select(Split.Training.Users.ToText);

    /// <summary>Gets the items by which served rows can be hits.</summary>
    public IdMap Items => Split.Training.Items;
}

/// <summary>Scores served lists against what followed, beside recent popularity that knows nothing from the publication on.</summary>
/// <remarks>Prequential (Dawid 1984): every list is scored before anybody learns from what followed it, without a second fit.</remarks>
/// <param name="recipe">The rules of truth: positives, and what counts as seen.</param>
/// <param name="recent">Recent popularity, in variants of which the best is picked on days before the publication.</param>
/// <param name="at">List lengths, the primary one first.</param>
public sealed class PrequentialScore(Recipe recipe, ScorerChoice recent, IReadOnlyList<int> at)
{
    static readonly RankingMetric[] Metrics = [RankingMetric.Ndcg, RankingMetric.Recall, RankingMetric.HitRate];

    /// <summary>Gets the rules of truth.</summary>
    public Recipe Recipe { get; } = recipe;

    /// <summary>Gets how many ranks of a list are looked at.</summary>
    public int Depth => at.Max();

    /// <summary>Finds what users took while lists were served.</summary>
    /// <param name="snapshot">All events; those from <paramref name="until"/> on are left out.</param>
    /// <param name="since">The publication, in microseconds since 1970-01-01 UTC.</param>
    /// <param name="until">The first instant at which other lists were served, or that the snapshot does not know.</param>
    /// <returns>Null where fewer than two users took something that could have been recommended.</returns>
    public ServedPeriod? Period(Snapshot snapshot, long since, long until)
    {
        long[] times = snapshot.Interactions.Times;
        if (!times.Any(time => time < since) || !times.Any(time => time >= since && time < until))
            return null;
        var known = times.Any(time => time >= until) ? snapshot.Before(until) : snapshot;
        var split = TemporalSplit.At(known, since);
        if (!Recipe.Positives(split.Training).Contains(true))
            return null;
        var truth = Recipe.Truth(known, split).Thin(RecipeEvaluation.MostUsers);
        return truth.UserCount < UserSample.LeastUsers ? null : new ServedPeriod(split, truth, until);
    }

    /// <summary>Scores the lists of a period.</summary>
    /// <param name="period">The period.</param>
    /// <param name="served">The list of each of its users.</param>
    /// <param name="token">Ends the work early.</param>
    /// <returns>Null where fewer than two of the users have a list.</returns>
    public PrequentialReport? Score(ServedPeriod period, ServedLists served, CancellationToken token)
    {
        int[] scored = [.. Enumerable.Range(0, period.Truth.UserCount).Where(n => served.Lists.Lengths[n] > 0)];
        if (scored.Length < UserSample.LeastUsers)
            return null;
        var (popular, halfLife) = RecentLists(period, token);
        var hits = new ServedHits(period.Truth, served, at[0], scored);
        var columns = new List<double[]>();
        foreach (var lists in (CandidateBlock[])[served.Lists, popular])
            foreach (var metrics in RankingMetrics.Of(lists, period.Truth, at))
                columns.AddRange(Metrics.Select(metric => Pick(metrics.Of(metric), scored)));
        int firstSource = columns.Count, firstRank = firstSource + hits.NdcgBySource.Count;
        columns.AddRange(hits.NdcgBySource);
        columns.AddRange(hits.ByRank);
        var sample = new UserSample(columns, Recipe.Options.Seed);
        token.ThrowIfCancellationRequested();
        return new PrequentialReport
        {
            Since = period.Split.TestFrom,
            Until = period.Until,
            Counts = period.Truth.Counts,
            Users = scored.Length,
            WithoutList = period.Truth.UserCount - scored.Length,
            RecentHalfLifeDays = halfLife,
            At = [.. at.Select((length, k) => new PrequentialLength(length, Metrics.Index().ToDictionary(
                metric => metric.Item, metric => Compare(sample, (k * Metrics.Length) + metric.Index))))],
            Sources = hits.Sources(source => sample.Mean(firstSource + source)),
            Ranks = hits.Ranks(rank => sample.Mean(firstRank + rank)),
            Segments = Segments(period, scored, columns[0], columns[at.Count * Metrics.Length]),
        };
    }

    /// <summary>Makes the lists that recent popularity would have served: of what was known when the period began.</summary>
    (CandidateBlock Lists, double HalfLife) RecentLists(ServedPeriod period, CancellationToken token)
    {
        var alone = Recipe.Alone(recent);
        var data = new TrainingData(period.Split.Training, alone.Weigh(period.Split.Training));
        if (data.Snapshot.DataUntil >= period.Split.TestFrom)
            throw new InvalidOperationException("What was known at the publication holds an event that followed it.");
        var trained = alone.Train(data, null, token);
        var exclusions = SeenItems.Build(data.Snapshot, Recipe.Options.Seen);
        return (
            alone.Open(trained, data).TopOfAll(period.Truth.Users, exclusions, Depth, token),
            trained.Models[0].State.Figures["half-life-days"]);
    }

    ComparedScore Compare(UserSample sample, int column)
    {
        int beside = column + (at.Count * Metrics.Length);
        return new ComparedScore(sample.Mean(column), sample.Mean(beside), sample.Difference(column, beside));
    }

    SegmentScore[] Segments(ServedPeriod period, int[] scored, double[] servedNdcg, double[] recentNdcg)
    {
        int[] segments = ActivitySegments.Of(period.Split.Training);
        return [.. ActivitySegments.Names.Select((name, segment) =>
        {
            int[] members = [.. Enumerable.Range(0, scored.Length).Where(k => segments[period.Truth.Users[scored[k]]] == segment)];
            if (members.Length < UserSample.LeastUsers)
                return new SegmentScore(name, members.Length, null);
            var sample = new UserSample([Pick(servedNdcg, members), Pick(recentNdcg, members)], Recipe.Options.Seed);
            return new SegmentScore(
                name, members.Length, new ComparedScore(sample.Mean(0), sample.Mean(1), sample.Difference(0, 1)));
        })];
    }

    static double[] Pick(double[] values, int[] users) => Array.ConvertAll(users, n => values[n]);
}
