using System.Globalization;
using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Privacy;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline.Privacy;

/// <summary>Answers a person who asks what is held about them.</summary>
/// <param name="project">Root, work folder and stores.</param>
/// <param name="loggers">Makes the logs; no id reaches them.</param>
/// <param name="clock">The clock.</param>
public sealed class PersonalExport(ProjectContext project, ILoggerFactory loggers, TimeProvider clock)
{
    static readonly Dictionary<string, string> Explanations = new()
    {
        ["forgotten"] = "True: everything was removed on request. What is kept is a keyed hash, from which the id cannot be computed, so "
            + "that the person is left out of every later run.",
        ["optedOut"] = "True: a list of the application says that the person wants nothing personal; from the next run on nothing "
            + "personal is made, and the popular list is shown. Null: there is no such list.",
        ["lists"] = "Recommendations that were made for the person, release by release. Readers see the current release; older ones are "
            + "kept for going back. 'source' is the method that proposed an item, 'reasonCode' and 'becauseItemId' why. The list "
            + "'exploration' names what was drawn by lot for one place, with the probability of the draw.",
        ["events"] = "What the person did, as it was last copied out of the application's own database in order to learn from it. The "
            + "application's database itself is not part of this answer. Where runs read only what is new, a copy is kept for the next "
            + "run, also of somebody who has opted out; nothing is learnt from it then.",
        ["segments"] = "Groups of customers that the person is in: those for which the shop has rules of its own, and the one, such as a "
            + "country, in which the quality of the lists is measured apart.",
        ["models"] = "The numbers by which a model describes the person's taste. Single numbers have no meaning; they are fitted anew at "
            + "every run. An older model whose extract is gone cannot be attributed to anybody.",
        ["rejectedRows"] = "Rows of the person that could not be used, with the reason; kept so that an operator can mend the source.",
        ["titles"] = "Titles of the items that are named above, by item id.",
    };

    /// <summary>Puts together all that is held.</summary>
    /// <param name="userId">The id as the warehouse has it.</param>
    /// <param name="jobPath">Only the recommender of this job; null = every recommender of the project.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="ConfigurationException">There is no job, or the id is none of the named job's recommender.</exception>
    /// <exception cref="StoreException">A store refused.</exception>
    public async Task<PersonalData> RunAsync(string userId, string? jobPath, CancellationToken token)
    {
        var parts = new List<PersonalPart>();
        foreach (var held in await new RecommendersOfProject(project, loggers, clock).ListAsync(userId, jobPath, token))
            if (held.UserId is { } id)
                parts.Add(await PartAsync(held, id, token));
        int holding = parts.Count(part => part.HoldsSomething);
        string summary = holding == 0
            ? "Nothing is held about this id" + (parts.Any(part => part.Forgotten) ? ": it was forgotten." : ".")
            : string.Create(CultureInfo.InvariantCulture, $"{holding} of {parts.Count} recommenders hold data about this id.");
        return new PersonalData(userId, clock.GetUtcNow(), summary, Explanations, parts);
    }

    async Task<PersonalPart> PartAsync(HeldRecommender held, string userId, CancellationToken token)
    {
        await using var store = project.Open(held.Store, "stores.serving of a job", loggers);
        bool forgotten = (await new ForgottenUsers(store, held.Name).LoadAsync(token)).Contains(userId);
        var rows = new PersonalRows(store, held.Name);
        var lists = await rows.ListsAsync(userId, token);
        var (events, segments, models, titles) = await new PersonalArtifacts(project.OpenArtifacts(), held).ReadAsync(userId, token);
        var named = lists.SelectMany(list => list.Items).SelectMany(item => new[] { item.ItemId, item.BecauseItemId })
            .Concat(events.Select(one => one.ItemId)).OfType<string>().ToHashSet();
        return new PersonalPart(
            held.Name,
            forgotten,
            await OptedOutAsync(held, userId, token),
            lists,
            events,
            segments,
            models,
            await rows.RejectedAsync(userId, token),
            titles.Where(title => named.Contains(title.Key)).ToDictionary());
    }

    async Task<bool?> OptedOutAsync(HeldRecommender held, string userId, CancellationToken token)
    {
        if (held.Job is null || new ExtractPlans(held.Job.Job, project.Root).OptOut() is not { } source)
            return null;
        await using var warehouse = project.OpenWarehouse(held.Job, loggers);
        await using var session = await SourceSession.OpenAsync(warehouse, token);
        return (await ExclusionReader.UsersAsync(session, source, held.UserKind, token)).TryFind(userId, out _);
    }
}
