using BatchRecs.Host.Cli.Rendering;
using BatchRecs.Host.Cli.Views;
using static BatchRecs.UnitTests.Host.SomeViews;

namespace BatchRecs.UnitTests.Host;

public sealed class DemoReportTests
{
    [Fact]
    public void The_report_shows_stages_measures_lists_with_titles_and_the_SQL() =>
        Assert.Equal(
            """
            Online Retail: purchases of a gift shop

            shop: run 12 published, release 7 is current

            stage     result              rows   time       rate  note
            --------  --------  --------------  -----  ---------  -------------------
            extract   computed  396,337 events  1.2 s  330,000/s  3 bad rows left out
            evaluate  left-out                  0.0 s             not due
            train     loaded         12 sweeps  0.1 s
            total                               1.3 s

            How good the lists are
            ======================
            Lists made from events before 2026-03-01 02:00:00 UTC,
            measured on what 1,903 users took afterwards, repeats left aside; intervals are 95 %.

            list                                recall@10  interval     NDCG@10  interval     coverage  novelty
            ----------------------------------  ---------  -----------  -------  -----------  --------  -------
            published list                         0.0722  .0671–.0773   0.1226  .1153–.1299    41.2 %  8.3 bit
            popular                                0.0310  .0280–.0340   0.0600  .0550–.0650     0.4 %  4.2 bit
            recent popularity (tuned, h = 7 d)     0.0650  .0601–.0699   0.1106  .1036–.1176     0.5 %  5.0 bit
            als alone                              0.0610  .0565–.0655   0.1050  .0990–.1110    44.0 %  8.7 bit

            What some of them would see
            ===========================
            customer 12347
             bought lately                          #  recommended                   because they bought
             -------------------------------------  -  ----------------------------  --------------------------
             2011-12-07 WHITE HANGING HEART T-LIG…  1  RED HANGING HEART T-LIGHT H…  WHITE HANGING HEART T-LIG…
             2011-12-06 X
             to buy again: WHITE HANGING HEART T-LIG…

            Similar items
            =============
            WHITE HANGING HEART T-LIGHT HOLDER
              1. RED HANGING HEART T-LIGHT HOLDER (0.91)

            Read the tables yourself
            ========================
            sqlite3 -box .batchrecs/demo.db "select rank, item_id, score, source, because_item_id
              from online_retail_recommendations where user_id = '12347' order by rank limit 10"
            sqlite3 -box .batchrecs/demo.db "select rank, item_id, score
              from online_retail_again where user_id = '12347' order by rank limit 10"
            sqlite3 -box .batchrecs/demo.db "select rank, similar_item_id, score
              from online_retail_similar_items where item_id = '85123A' order by rank limit 10"
            sqlite3 -box .batchrecs/demo.db "select rank, item_id, score
              from online_retail_popular where segment = 'all' and kind = 'popular' order by rank limit 10"

            """,
            Render(Demo()));

    [Fact]
    public void No_line_is_wider_than_100_columns_however_long_the_titles_are()
    {
        string title = new('W', 300);
        var rows = Enumerable.Range(1, 12).Select(rank => Because(rank, "21733", title) with { BecauseTitle = title }).ToList();
        var history = Enumerable.Range(1, 12).Select(day => new HistoryEntry(new DateOnly(2011, 12, day), "21733", title)).ToList();
        var demo = Demo() with { Customers = [new DemoCustomer("12347", history, rows, rows)] };

        Assert.All(Render(demo).Split('\n'), line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public void Ids_and_paths_with_quotes_are_written_so_that_shell_and_SQL_read_them_as_they_are()
    {
        var odd = Demo() with { Customers = [Demo().Customers[0] with { UserId = "o'\"$x" }], DatabasePath = "my data/demo.db" };

        Assert.Equal(
            """
            sqlite3 -box "my data/demo.db" "select rank, item_id, score, source, because_item_id
              from online_retail_recommendations where user_id = 'o''\"\$x' order by rank limit 10"
            """,
            DemoReport.Commands(odd)[0]);
    }

    [Fact]
    public void A_reason_of_another_kind_stands_in_brackets()
    {
        var popular = Recommendations().Items[1];
        var demo = Demo() with { Customers = [new DemoCustomer("12347", [], [popular], [])] };

        Assert.Contains("84879        (popular)", Render(demo), StringComparison.Ordinal);
    }

    static string Render(DemoView demo)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        DemoReport.Write(writer, demo);
        return writer.ToString();
    }
}
