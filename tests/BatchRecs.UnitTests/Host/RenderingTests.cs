using BatchRecs.Host.Cli;
using BatchRecs.Host.Cli.Rendering;
using BatchRecs.Host.Cli.Views;
using BatchRecs.Pipeline.Runs;
using static BatchRecs.UnitTests.Host.SomeViews;

namespace BatchRecs.UnitTests.Host;

public sealed class RenderingTests
{
    [Fact]
    public void An_outcome_shows_rows_time_and_rate_of_every_stage() =>
        Assert.Equal(
            """
            shop: run 12 published, release 7 is current

            stage     result              rows   time       rate  note
            --------  --------  --------------  -----  ---------  -------------------
            extract   computed  396,337 events  1.2 s  330,000/s  3 bad rows left out
            evaluate  left-out                  0.0 s             not due
            train     loaded         12 sweeps  0.1 s
            total                               1.3 s

            """,
            Render(writer => StageTable.WriteOutcome(writer, Outcome())));

    [Fact]
    public void Rejected_rows_are_counted_by_reason_and_listed_without_what_moves_a_cursor() =>
        Assert.Equal(
            """
            shop: run 12 rejected rows of sources[0] (events)
              1,200 because item is null (column item_id), 1 of them here
              1 because value is not a finite number (column rating), 1 of them here

              reason                        user       item  time        value
              ----------------------------  ---------  ----  ----------  -----
              item is null                  4711       null  2026-03-01  null
              value is not a finite number  \u001b[2J  7     2026-03-02  NaN


            """,
            Render(writer => RejectedTable.Write(writer, Rejected())));

    [Fact]
    public void An_evaluation_shows_every_list_with_its_intervals() =>
        Assert.Equal(
            """
            Lists made from events before 2026-03-01 02:00:00 UTC,
            measured on what 1,903 users took afterwards, repeats left aside; intervals are 95 %.

            list                                recall@10  interval     NDCG@10  interval     coverage  novelty
            ----------------------------------  ---------  -----------  -------  -----------  --------  -------
            published list                         0.0722  .0671–.0773   0.1226  .1153–.1299    41.2 %  8.3 bit
            popular                                0.0310  .0280–.0340   0.0600  .0550–.0650     0.4 %  4.2 bit
            recent popularity (tuned, h = 7 d)     0.0650  .0601–.0699   0.1106  .1036–.1176     0.5 %  5.0 bit
            als alone                              0.0610  .0565–.0655   0.1050  .0990–.1110    44.0 %  8.7 bit

            """,
            Render(writer => EvaluationTable.Write(writer, SomeViews.Evaluation())));

    [Fact]
    public void A_report_on_exploring_shows_estimates_what_a_draw_costs_and_what_was_refused() =>
        Assert.Equal(
            """
            1,200 items drawn in 1 release from 2026-03-01 02:00:00 UTC to 2026-03-02 02:00:00 UTC;
            1,100 of 1,300 rows of the log are outcomes of them. Mean rewards; intervals are 95 %.

            policy   estimate  reward  interval       outcomes  effective  mean weight
            -------  --------  ------  -------------  --------  ---------  -----------
            explore  ips       0.2000  0.1804–0.2196     1,100      1,100        1.000

            blend: no figure: the 1,100 outcomes say as much as 40.

            """,
            Render(writer => ExplorationTable.Write(writer, Explored())));

    [Fact]
    public void Recommendations_show_titles_and_reasons() =>
        Assert.Equal(
            """
            shop: user 12347, release 7

            rank  item   title                               score  source   reason
            ----  -----  --------------------------------  -------  -------  ---------------------------------------------------
               1  21733  RED HANGING HEART T-LIGHT HOLDER  0.78311  als      because you took WHITE HANGING HEART T-LIGHT HOLDER
               2  84879                                        0.5  popular  popular

            """,
            Render(writer => RecommendationTable.Write(writer, Recommendations())));

    [Fact]
    public void On_a_narrow_page_titles_and_reasons_go_on_in_the_next_lines() =>
        Assert.Equal(
            """
            shop: user 12347, release 7

            rank  item   title                      score  source   reason
            ----  -----  -----------------------  -------  -------  -----------------------
               1  21733  RED HANGING HEART        0.78311  als      because you took WHITE
                         T-LIGHT HOLDER                             HANGING HEART T-LIGHT
                                                                    HOLDER
               2  84879                               0.5  popular  popular

            """,
            Render(writer => RecommendationTable.Write(writer, Recommendations(), width: 79)));

    [Theory]
    [InlineData(RunState.Published, "release 7 is current", "shop: run 12 published, release 7 is current")]
    [InlineData(RunState.Refused, "refused, nothing was published: 3 users.", "shop: run 12 refused, nothing was published: 3 users.")]
    [InlineData(RunState.DryRun, "dry run: release 7 is built", "shop: run 12 dry run: release 7 is built")]
    public void The_first_line_of_an_outcome_says_how_it_ended_once(RunState state, string message, string expected) =>
        Assert.Equal(
            $"{expected}\n",
            Render(writer => StageTable.WriteOutcome(writer, Outcome(state) with { Message = message, Stages = [] })));

    [Fact]
    public void A_stage_that_took_no_time_has_no_rate_and_one_thing_is_singular() =>
        Assert.Contains(
            "publish  computed  1 release  0.0 s        release 7 is current",
            Render(writer => StageTable.WriteOutcome(writer, Outcome() with
            {
                Stages = [new(StageName.Publish, StageResult.Computed, 1, "releases", TimeSpan.FromSeconds(0.012), "release 7 is current")],
            })),
            StringComparison.Ordinal);

    [Fact]
    public void Similar_items_show_titles_and_scores() =>
        Assert.Equal(
            """
            shop: similar to 85123A (WHITE HANGING HEART T-LIGHT HOLDER), release 7

            rank  item   title                             score  source
            ----  -----  --------------------------------  -----  ------
               1  21733  RED HANGING HEART T-LIGHT HOLDER   0.91  als

            """,
            Render(writer => RecommendationTable.Write(writer, Similar())));

    [Fact]
    public void Releases_show_which_one_is_current() =>
        Assert.Equal(
            """
            release  state    published                retired                  data until               run    rows
            -------  -------  -----------------------  -----------------------  -----------------------  ---  ------
                  7  current  2026-03-03 02:00:00 UTC                           2026-03-01 23:00:00 UTC   12  46,999
                  6  retired  2026-03-03 02:00:00 UTC  2026-03-04 02:00:00 UTC  2026-03-01 23:00:00 UTC   11  46,999

            """,
            Render(writer => ReleaseTable.Write(writer, [Release(7, current: true), Release(6, current: false)])));

    [Fact]
    public void A_release_shows_its_figures_and_its_job_file() =>
        Assert.Equal(
            """
            release 6 of shop: retired
            made by run 11, 2026-03-02 02:00:00 UTC, from events until 2026-03-01 23:00:00 UTC
            published 2026-03-03 02:00:00 UTC, retired 2026-03-04 02:00:00 UTC

            figure                  value
            ---------------------  ------
            rows: items             3,659
            rows: recommendations  43,340
            ndcg@10                0.1226

            job file as it was:

              recommender: shop
              sources:
                - table: sales

            """,
            Render(writer => ReleaseTable.WriteDetails(writer, Release(6, current: false))));

    [Fact]
    public void Runs_show_state_time_and_message() =>
        Assert.Equal(
            """
            run  state   started                        time  trigger           release  message
            ---  ------  -----------------------  ----------  ----------------  -------  --------------------------
             12  failed  2026-03-02 02:00:00 UTC  1 min 15 s  schedule:nightly           The store does not answer.

            """,
            Render(writer => RunTable.Write(writer, [Run()])));

    [Fact]
    public void A_run_shows_its_stages() =>
        Assert.Equal(
            """
            run 12 of shop: failed, exit code 5
            job jobs/shop.yaml, asked for by schedule:nightly, events until 2026-03-02 02:00:00 UTC
            started 2026-03-02 02:00:00 UTC, ended 2026-03-02 02:01:15 UTC after 1 min 15 s
            The store does not answer.

            stage    result            rows   time   rate  note
            -------  --------  ------------  -----  -----  ----
            extract  computed  1,000 events  2.0 s  500/s

            """,
            Render(writer => RunTable.WriteDetails(writer, Run())));

    [Fact]
    public void A_check_shows_findings_verdict_and_cost() =>
        Assert.Equal(
            """
            jobs/shop.yaml: 1 error, 1 warning
              error: jobs/shop.yaml:3: window: found '2y', expected a duration
                Write 730d.
              warning: sources[0]: no index on time
              data: fit for personal lists (3,659 items, 4,000 users with 3 events or more, 1,903 holdout users)
              a run reads 396,337 events of 4,334 users on 3,659 items
              and takes about 11 s, 180 MB of memory, 45 MB of disk and 23 MB in the store per release

            """,
            Render(writer => CheckReport.Write(writer, Check())));

    [Fact]
    public void A_user_without_a_list_is_told_that_the_list_is_the_popular_one() =>
        Assert.StartsWith(
            "shop: user 12347 has no list of their own; the popular list, release 7\n",
            Render(writer => RecommendationTable.Write(writer, Recommendations(ownList: false))),
            StringComparison.Ordinal);

    [Fact]
    public void Empty_lists_say_so() =>
        Assert.Equal("no releases yet\nno runs yet\n", Render(writer =>
        {
            ReleaseTable.Write(writer, []);
            RunTable.Write(writer, (IReadOnlyList<RunRow>)[]);
        }));

    [Theory]
    [InlineData(RunState.DryRun, "dry-run")]
    [InlineData(RunState.Refused, "refused")]
    public void States_are_written_in_the_words_of_the_ledger(RunState state, string expected) => Assert.Equal(expected, Words.Of(state));

    [Fact]
    public void An_outcome_in_JSON_has_seconds_rates_and_the_exit_code() =>
        Assert.Equal(
            """
            {
              "runId": 12,
              "recommender": "shop",
              "state": "published",
              "releaseId": 7,
              "exitCode": 0,
              "message": "release 7 is current",
              "stages": [
                {
                  "stage": "extract",
                  "result": "computed",
                  "rows": 396337,
                  "unit": "events",
                  "seconds": 1.2,
                  "rowsPerSecond": 330280.8,
                  "note": "3 bad rows left out"
                },
                {
                  "stage": "evaluate",
                  "result": "left-out",
                  "rows": 0,
                  "unit": "users",
                  "seconds": 0,
                  "rowsPerSecond": null,
                  "note": "not due"
                },
                {
                  "stage": "train",
                  "result": "loaded",
                  "rows": 12,
                  "unit": "sweeps",
                  "seconds": 0.1,
                  "rowsPerSecond": null,
                  "note": ""
                }
              ]
            }

            """,
            Render(writer => JsonOutput.Write(writer, RunOutcomeView.Of(Outcome()))));

    static string Render(Action<TextWriter> write)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        write(writer);
        return writer.ToString();
    }
}
