using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Privacy;

namespace BatchRecs.Pipeline.Privacy;

/// <summary>How many users with events a run does not take in, and why.</summary>
/// <param name="OptedOut">They want nothing personal.</param>
/// <param name="Forgotten">They were forgotten; somebody who is both counts here.</param>
public sealed record UsersLeftOut(int OptedOut, int Forgotten)
{
    /// <summary>Gets what the note of the stage says of them; empty where nobody is left out.</summary>
    public string Note => Count == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $", {Count:N0} {(Count == 1 ? "user" : "users")} left out ({OptedOut:N0} opted out, {Forgotten:N0} forgotten)");

    int Count => OptedOut + Forgotten;

    /// <summary>Takes people out of a snapshot as if they had never been there.</summary>
    /// <param name="session">The warehouse.</param>
    /// <param name="optOut">Lists those who want nothing personal; null = nobody.</param>
    /// <param name="forgotten">Knows those who were forgotten.</param>
    /// <param name="snapshot">All events.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="InputDataException">The list cannot be read, or nobody is left.</exception>
    public static async Task<(Snapshot Snapshot, UsersLeftOut LeftOut)> ApplyAsync(
        SourceSession session, ExclusionSource? optOut, ForgottenUsers forgotten, Snapshot snapshot, CancellationToken token)
    {
        bool[] leftOut = (await forgotten.LoadAsync(token)).In(snapshot.Users);
        int forgottenCount = leftOut.Count(flag => flag);
        if (optOut is not null)
        {
            var users = await ExclusionReader.UsersAsync(session, optOut, snapshot.Users.Kind, token);
            for (int n = 0; n < users.Count; n++)
                if (snapshot.Users.TryFind(users.ToText(n), out int user))
                    leftOut[user] = true;
        }
        int count = leftOut.Count(flag => flag);
        if (count == snapshot.Users.Count)
            throw new InputDataException(
                $"All {count} users with events have opted out or were forgotten: there is nobody to learn from. Expected: users who "
                + $"are not in {optOut?.Label ?? "the list of forgotten users"}. Check that query; nothing was published.");
        return (snapshot.Without(leftOut), new UsersLeftOut(count - forgottenCount, forgottenCount));
    }
}
