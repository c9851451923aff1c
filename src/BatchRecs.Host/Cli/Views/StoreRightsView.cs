using BatchRecs.Store;
using BatchRecs.Store.Migrations;

namespace BatchRecs.Host.Cli.Views;

/// <summary>What the two roles have and still need in a store.</summary>
/// <param name="Store">Its name.</param>
/// <param name="Provider">Its kind; SQLite has no roles.</param>
/// <param name="InForce">How many statements are in force.</param>
/// <param name="Missing">Those that are not, in the order in which they must run.</param>
/// <param name="Queries">SQL files of the jobs, which read what no statement here names.</param>
sealed record StoreRightsView(
    string Store, StoreProvider Provider, int InForce, IReadOnlyList<MissingRight> Missing, IReadOnlyList<string> Queries);
