using System.Globalization;
using System.Text;
using BatchRecs.Core.Data;
using BatchRecs.Core.Numerics;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>One event of a generated shop, with the numbers of its user and item; ids are made of them.</summary>
/// <param name="User">Number of the user, from 0.</param>
/// <param name="Item">Number of the item, from 0.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Value">Its value; null = none.</param>
/// <param name="At">Its time.</param>
readonly record struct ShopEvent(int User, int Item, string Kind, double? Value, DateTimeOffset At);

/// <summary>
/// A small shop with planted taste: a user mostly takes items of the own group of four, and the first items of a group most often.
/// </summary>
static class SomeShop
{
    public const int Users = 300;
    public const int Items = 80;
    const int Groups = 4;
    const ulong Seed = 2026;

    /// <summary>The newest event lies here.</summary>
    public static readonly DateTimeOffset Until = new(2026, 2, 28, 18, 0, 0, TimeSpan.Zero);

    static readonly string[] Categories = ["garden", "kitchen", "toys", "books"];

    /// <summary>Gets the events of 120 days: views, purchases and ratings.</summary>
    public static IReadOnlyList<ShopEvent> Events { get; } = [.. Generate()];

    /// <summary>Writes an id as SQL has it: integers as they are, text with leading zeros, uuids that sort like their numbers.</summary>
    public static string Literal(IdKind kind, int number) => kind switch
    {
        IdKind.Uuid => $"'{number + 1:x8}-0000-4000-8000-0000000000ff'",
        IdKind.Text => string.Create(CultureInfo.InvariantCulture, $"'{number + 1:00000}'"),
        _ => (number + 1).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>
    /// Returns the statements that make and fill the tables <c>events</c> and <c>items</c>; PostgreSQL and SQLite take the same.
    /// </summary>
    /// <param name="kind">Type of the ids.</param>
    /// <param name="isPostgres">Which column types are written.</param>
    /// <param name="events">The events, in the order in which they are delivered.</param>
    public static IEnumerable<string> Statements(IdKind kind, bool isPostgres, IReadOnlyList<ShopEvent> events)
    {
        string id = IdType(kind);
        string time = isPostgres ? "timestamptz" : "text";
        yield return $"create table events (user_id {id}, item_id {id}, kind text, value double precision, at {time})";
        foreach (string statement in Inserts(kind, events))
            yield return statement;
        yield return $"create table items (item_id {id}, title text, categories text)";
        yield return $"insert into items values {string.Join(", ", Enumerable.Range(0, Items).Select(item =>
            $"({Literal(kind, item)}, 'Item {item}', '{Categories[item % Groups]}{(item % 3 == 0 ? "|gifts" : "")}')"))}";
    }

    /// <summary>Returns the statements that add events.</summary>
    public static IEnumerable<string> Inserts(IdKind kind, IReadOnlyList<ShopEvent> events)
    {
        foreach (var chunk in events.Chunk(1000))
        {
            var sql = new StringBuilder("insert into events values ");
            foreach (var e in chunk)
            {
                string value = e.Value is { } number ? number.ToString(CultureInfo.InvariantCulture) : "null";
                sql.Append(
                    CultureInfo.InvariantCulture,
                    $"({Literal(kind, e.User)},{Literal(kind, e.Item)},'{e.Kind}',{value},'{e.At:yyyy-MM-ddTHH:mm:ssZ}'),");
            }
            sql.Length--;
            yield return sql.ToString();
        }
    }

    static string IdType(IdKind kind) => kind switch
    {
        IdKind.Int16 => "smallint",
        IdKind.Int32 => "integer",
        IdKind.Int64 => "bigint",
        IdKind.Uuid => "uuid",
        _ => "text",
    };

    static IEnumerable<ShopEvent> Generate()
    {
        for (int user = 0; user < Users; user++)
        {
            int count = 8 + CounterRandom.Index(Seed, user, 0, 18);
            for (int n = 0; n < count; n++)
            {
                double Draw(int k) => CounterRandom.Uniform(Seed, user, 1 + (n * 8) + k);
                bool own = Draw(0) < 0.85;
                int group = own ? user % Groups : (int)(Draw(1) * Groups);
                int item = (int)(Draw(2) * Draw(3) * (Items / Groups)) * Groups + group;
                string kind = Draw(4) switch { < 0.4 => "view", < 0.8 => "purchase", _ => "rating" };
                double? value = kind == "rating" ? Math.Clamp((own ? 3 : 1) + (int)(Draw(5) * 3), 1, 5) : null;
                var at = Until.AddSeconds(-Math.Floor(Draw(6) * 120 * 86_400));
                yield return new ShopEvent(user, item, kind, value, at);
            }
        }
        yield return new ShopEvent(0, 0, "purchase", null, Until);
    }
}
