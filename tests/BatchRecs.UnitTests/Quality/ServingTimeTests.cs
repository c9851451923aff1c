using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Quality;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store.Releases;

namespace BatchRecs.UnitTests.Quality;

/// <summary>Which release readers had when.</summary>
public sealed class ServingTimeTests
{
    static readonly DateTimeOffset Night = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_current_release_serves_from_its_publication_to_as_of()
    {
        var due = Due(Night.AddDays(1), [], Published(7, Night));

        Assert.Equal([new ServingTime(7, Micros.Of(Night), Micros.Of(Night.AddDays(1)) + 1)], due);
    }

    [Fact]
    public void The_current_release_is_scored_every_night()
    {
        Assert.Single(Due(Night.AddDays(2), [7], Published(7, Night)));
    }

    /// <summary>A clock that runs behind must not count events that the release has learnt from.</summary>
    [Fact]
    public void A_release_serves_nothing_that_it_knows()
    {
        var ahead = Published(7, Night) with { DataUntil = Micros.Of(Night.AddHours(1)) };

        Assert.Equal(Micros.Of(Night.AddHours(1)) + 1, Assert.Single(Due(Night.AddDays(1), [], ahead)).Since);
    }

    [Fact]
    public void A_release_that_somebody_went_back_from_keeps_the_events_of_its_own_time()
    {
        var older = Published(6, Night.AddHours(9));
        var withdrawn = Published(7, Night) with { RetiredAt = Night.AddHours(9) };

        var due = Due(Night.AddDays(1), [6], withdrawn, older);

        Assert.Equal(
            [
                new ServingTime(6, Micros.Of(Night.AddHours(9)), Micros.Of(Night.AddDays(1)) + 1),
                new ServingTime(7, Micros.Of(Night), Micros.Of(Night.AddHours(9))),
            ],
            due);
    }

    [Fact]
    public void A_retired_release_is_not_scored_again() =>
        Assert.Empty(Due(Night.AddDays(1), [7], Published(7, Night) with { RetiredAt = Night.AddHours(9) }));

    [Fact]
    public void A_run_that_looks_at_the_past_scores_nothing() => Assert.Empty(Due(Night.AddDays(-1), [], Published(7, Night)));

    [Fact]
    public void A_release_that_was_never_current_serves_nobody() =>
        Assert.Empty(Due(Night.AddDays(1), [], Published(7, Night) with { PublishedAt = null }));

    /// <summary>Data that ended long ago have a time of their own: the wall clock says nothing of them.</summary>
    [Fact]
    public void Where_as_of_follows_the_data_a_release_serves_from_the_newest_event_that_it_knows()
    {
        var release = Published(7, Night) with { DataUntil = Micros.Of(Night.AddYears(-15)) };

        var due = ServingTime.Due([release], [], AsOfPolicy.LatestEvent, Micros.Of(Night.AddYears(-15).AddDays(1)));

        Assert.Equal(
            [new ServingTime(7, Micros.Of(Night.AddYears(-15)) + 1, Micros.Of(Night.AddYears(-15).AddDays(1)) + 1)], due);
    }

    static IEnumerable<ServingTime> Due(DateTimeOffset asOf, long[] scored, params Release[] releases) =>
        ServingTime.Due(releases, scored, AsOfPolicy.Now, Micros.Of(asOf));

    static Release Published(long id, DateTimeOffset at) => new()
    {
        ReleaseId = id,
        Recommender = "shop",
        RunId = id,
        Key = $"key{id}",
        State = ReleaseStates.Built,
        CreatedAt = at,
        PublishedAt = at,
        DataUntil = Micros.Of(at.AddHours(-1)),
        JobDefinition = "",
    };
}
