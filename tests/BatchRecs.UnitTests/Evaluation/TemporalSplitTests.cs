using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Evaluation;

public sealed class TemporalSplitTests
{
    // Users: ann, bob, cid, dan, eve. Items: apple, bread, cheese, dates, eggs. The test starts at day 10.
    static readonly Snapshot Shop = new EventTable()
        .Add("ann", "bread", 1, value: 1).Add("ann", "bread", 11, value: 9).Add("ann", "cheese", 12, value: 9)
        .Add("ann", "cheese", 13, value: 9)
        .Add("bob", "cheese", 2, value: 9).Add("bob", "bread", 10, value: 2).Add("bob", "eggs", 14, value: 9)
        .Add("cid", "eggs", 15, value: 9).Add("cid", "bread", 15, value: 9)
        .Add("dan", "bread", 3, value: 9).Add("dan", "bread", 16, value: 9)
        .Add("eve", "dates", 9, value: 9)
        .ToSnapshot();

    [Fact]
    public void Training_holds_what_came_before_and_nothing_else()
    {
        var split = TemporalSplit.At(Shop, 10 * EventTable.Day);

        Assert.Equal(["ann", "bob", "dan", "eve"], split.Training.Users.Texts.ToArray());
        Assert.Equal(["bread", "cheese", "dates"], split.Training.Items.Texts.ToArray());
        Assert.Equal(9 * EventTable.Day, split.Training.DataUntil);
        Assert.All(split.Training.Interactions.Times, time => Assert.True(time < split.TestFrom));
    }

    [Fact]
    public void Answers_are_new_items_known_in_training_in_training_indices()
    {
        var truth = TemporalSplit.At(Shop, 10 * EventTable.Day).Truth(Positive(Shop, 5), repeats: false);

        Assert.Equal([0], truth.Users);
        Assert.Equal([1], truth.Of(0).ToArray());
    }

    /// <summary>Cid came in the test period and took bread, which training knows, and eggs, which it does not.</summary>
    [Fact]
    public void Users_without_training_events_have_answers_of_their_own_in_the_indices_of_the_whole()
    {
        var truth = TemporalSplit.At(Shop, 10 * EventTable.Day).Truth(Positive(Shop, 5), repeats: false);

        Assert.Equal([2], truth.Cold!.Users);
        Assert.Equal([0], truth.Cold.Of(0).ToArray());
        Assert.Equal((1, 1), (truth.Cold.Counts.EvaluatedUsers, truth.Cold.Counts.EvaluatedPairs));
        Assert.Equal((1, 2), (truth.Counts.ColdUsers, truth.Counts.ColdUserPairs));
    }

    [Fact]
    public void Where_everybody_is_known_there_are_no_answers_of_newcomers() =>
        Assert.Null(TemporalSplit.At(Shop, 16 * EventTable.Day).Truth(Positive(Shop, 5), repeats: false).Cold);

    [Fact]
    public void Training_tells_where_its_users_stand_in_the_whole()
    {
        var split = TemporalSplit.At(Shop, 10 * EventTable.Day);

        Assert.Equal(split.Training.Users.Texts.ToArray(), split.TrainingUsers().Select(user => Shop.Users.ToText(user)));
    }

    [Fact]
    public void What_a_user_saw_before_counts_where_repeats_are_allowed()
    {
        var truth = TemporalSplit.At(Shop, 10 * EventTable.Day).Truth(Positive(Shop, 5), repeats: true);

        Assert.Equal([0, 2], truth.Users);
        Assert.Equal([0, 1], truth.Of(0).ToArray());
        Assert.Equal([0], truth.Of(1).ToArray());
    }

    [Fact]
    public void An_event_that_is_no_sign_of_interest_is_no_answer()
    {
        var split = TemporalSplit.At(Shop, 10 * EventTable.Day);

        var withDislikes = split.Truth(Positive(Shop, 0), repeats: false);
        var without = split.Truth(Positive(Shop, 5), repeats: false);

        // Bob rated bread 2 in the test period.
        Assert.Equal([0, 1], withDislikes.Users);
        Assert.Equal([0], without.Users);
    }

    [Fact]
    public void What_could_not_be_tested_is_counted()
    {
        var counts = TemporalSplit.At(Shop, 10 * EventTable.Day).Truth(Positive(Shop, 5), repeats: false).Counts;

        Assert.Equal(new SplitCounts
        {
            TrainingEvents = 4,
            TrainingUsers = 4,
            TrainingItems = 3,
            TestEvents = 7,
            TestPairs = 6,
            KnownPairs = 3,
            RepeatPairs = 2,
            EvaluatedPairs = 1,
            EvaluatedUsers = 1,
            SkippedUsers = 2,
            ColdUsers = 1,
            ColdUserPairs = 2,
            ColdItems = 1,
            ColdItemPairs = 2,
        }, counts);
    }

    [Fact]
    public void A_duration_is_counted_from_the_newest_event()
    {
        var split = TemporalSplit.ByDuration(Shop, TimeSpan.FromDays(6));

        Assert.Equal(10 * EventTable.Day, split.TestFrom);
    }

    [Theory]
    [InlineData(0.25, 15)]
    [InlineData(0.5, 12)]
    [InlineData(0.9, 2)]
    public void A_share_starts_the_test_at_the_event_of_that_place_in_time(double share, double day)
    {
        // Twelve events, of days 1 2 3 9 10 11 12 13 14 15 15 16; place 9 is the first of the two of day 15.
        var split = TemporalSplit.ByShare(Shop, share);

        Assert.Equal((long)(day * EventTable.Day), split.TestFrom);
    }

    [Fact]
    public void A_share_that_does_not_round_well_keeps_its_event()
    {
        var table = new EventTable();
        for (int day = 0; day < 10; day++)
            table.Add("ann", $"item {day}", day);

        // 1 − 0.9 is a little less than 0.1, and ten times that a little less than 1.
        var split = TemporalSplit.ByShare(table.ToSnapshot(), 0.9);

        Assert.Equal(1 * EventTable.Day, split.TestFrom);
    }

    [Fact]
    public void A_holdout_that_leaves_nothing_to_learn_from_is_refused()
    {
        var error = Assert.Throws<InputDataException>(() => TemporalSplit.ByDuration(Shop, TimeSpan.FromDays(15)));

        Assert.Equal(
            "No event is older than the start of the test period, 1970-01-02 00:00:00Z, so there is nothing to learn from. "
            + "Shorten the holdout.",
            error.Message);
    }

    [Fact]
    public void Flags_of_another_snapshot_are_refused()
    {
        var split = TemporalSplit.At(Shop, 10 * EventTable.Day);

        var error = Assert.Throws<ArgumentException>(() => split.Truth(new bool[3], repeats: false));

        Assert.StartsWith(
            "3 flags for 12 events: one flag per event of the whole snapshot is needed.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_training_part_does_not_depend_on_what_comes_after()
    {
        var other = new EventTable()
            .Add("ann", "bread", 1, value: 1).Add("bob", "cheese", 2, value: 9)
            .Add("dan", "bread", 3, value: 9).Add("eve", "dates", 9, value: 9)
            .Add("zoe", "apple", 11, value: 1).Add("aaron", "zucchini", 12, value: 1)
            .ToSnapshot();

        var a = TemporalSplit.At(Shop, 10 * EventTable.Day).Training;
        var b = TemporalSplit.At(other, 10 * EventTable.Day).Training;

        Assert.Equal(a.Users.Texts.ToArray(), b.Users.Texts.ToArray());
        Assert.Equal(a.Items.Texts.ToArray(), b.Items.Texts.ToArray());
        Assert.Equal(a.Interactions.Users, b.Interactions.Users);
        Assert.Equal(a.Interactions.Items, b.Interactions.Items);
        Assert.Equal(a.Interactions.Times, b.Interactions.Times);
        Assert.Equal(a.DataUntil, b.DataUntil);
    }

    [Fact]
    public void The_film_sample_splits_into_its_known_counts()
    {
        var films = SampleData.MovieTweetings;

        var truth = TemporalSplit.ByShare(films, 0.2).Truth(Positive(films, 0), repeats: false);

        Assert.Equal(100_000, films.Interactions.Count);
        Assert.Equal(20_000, truth.Counts.TestPairs);
        Assert.Equal(12_735, truth.Counts.KnownPairs);
        Assert.Equal(12_735, truth.Counts.EvaluatedPairs);
        Assert.Equal(1_089, truth.Counts.ColdItems);
    }

    [Fact]
    public void The_retail_sample_splits_into_its_known_counts()
    {
        var retail = SampleData.OnlineRetail;

        var split = TemporalSplit.ByShare(retail, 0.2);
        var counts = split.Truth(Positive(retail, 0), repeats: true).Counts;

        Assert.Equal(new DateOnly(2011, 11, 2), DateOnly.FromDateTime(DateTimeOffset.UnixEpoch.AddMicroseconds(split.TestFrom).DateTime));
        // Cutting row by row instead would split one invoice in two and give 65,773.
        Assert.Equal(65_774, counts.TestPairs);
        Assert.Equal(21_839, counts.RepeatPairs);
        Assert.Equal(counts.KnownPairs, counts.EvaluatedPairs);
    }

    static bool[] Positive(Snapshot snapshot, float least) => [.. snapshot.Interactions.Values.Select(value => value >= least)];
}
