using BatchRecs.Core.Evaluation;

namespace BatchRecs.Host.Cli.Views;

/// <summary>How the served lists of a recommender did, night by night.</summary>
/// <param name="Recommender">The recommender.</param>
/// <param name="Nights">The nights, the newest first.</param>
/// <param name="Last">All figures of the newest night; null where none was scored yet.</param>
/// <param name="Releases">What the lists of the last releases look like, the newest first.</param>
/// <param name="Warnings">What an operator should look at, a line each.</param>
sealed record QualityView(
    string Recommender,
    IReadOnlyList<NightRow> Nights,
    PrequentialReport? Last,
    IReadOnlyList<ReleaseFiguresRow> Releases,
    IReadOnlyList<string> Warnings);

/// <summary>How one release did up to one night.</summary>
/// <param name="ReleaseId">The release.</param>
/// <param name="RunId">The run that scored it.</param>
/// <param name="Since">From when on it was served.</param>
/// <param name="Until">Up to when events count.</param>
/// <param name="Days">The days between.</param>
/// <param name="Depth">The k of every measure @k.</param>
/// <param name="Users">Users that the figures are means over.</param>
/// <param name="Ndcg">NDCG@k of the served lists.</param>
/// <param name="Recent">NDCG@k of recent popularity.</param>
/// <param name="Difference">The first less the second, user by user.</param>
/// <param name="Recommended">Share of what users took that was shown to them before; null where impressions are not known.</param>
sealed record NightRow(
    long ReleaseId,
    long RunId,
    DateTimeOffset Since,
    DateTimeOffset Until,
    double Days,
    int Depth,
    int Users,
    Estimate Ndcg,
    Estimate Recent,
    Estimate Difference,
    double? Recommended);

/// <summary>What the lists of a release look like.</summary>
/// <param name="ReleaseId">The release.</param>
/// <param name="Figures">Its figures.</param>
sealed record ReleaseFiguresRow(long ReleaseId, MonitorReport Figures);

/// <summary>How far a comparison of two releases goes.</summary>
/// <param name="Depth">How many ranks count.</param>
/// <param name="Top">How many items and users are named.</param>
/// <param name="ShowsUsers">True = users are named.</param>
sealed record DiffLimits(int Depth, int Top, bool ShowsUsers);

/// <summary>How two releases differ.</summary>
/// <param name="Recommender">The recommender.</param>
/// <param name="Before">The older release.</param>
/// <param name="After">The newer release.</param>
/// <param name="Difference">What was found.</param>
/// <param name="ShowsUsers">True if users were asked for.</param>
sealed record ReleaseDifferenceView(string Recommender, long Before, long After, ReleaseDifference Difference, bool ShowsUsers);
