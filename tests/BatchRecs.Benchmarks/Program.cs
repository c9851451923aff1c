using System.CommandLine;
using BatchRecs.Benchmarks.ReRanking;
using BatchRecs.Benchmarks.Store;
using BatchRecs.Store;

var users = new Option<int>("--users") { Description = "Users with a list.", DefaultValueFactory = _ => 138_493 };
var count = new Option<int>("--count") { Description = "Rows of a list.", DefaultValueFactory = _ => 100 };
var repeats = new Option<int>("--repeats") { Description = "Loads of each form; medians are printed.", DefaultValueFactory = _ => 3 };
var kind = new Option<StoreProvider>("--store") { Description = "postgres or sqlite.", DefaultValueFactory = _ => StoreProvider.Postgres };
var text = new Option<bool>("--text-ids") { Description = "Ids are text of 10 characters, otherwise 32-bit integers." };
var connection = new Option<string?>("--connection") { Description = "An empty database; without it PostgreSQL gets a private server." };
var json = new Option<bool>("--json") { Description = "Print JSON." };

var store = new Command("store", "Loads and reads a release in every physical form, one after the other, and prints what each costs.")
{
    users, count, repeats, kind, text, connection, json,
};
store.SetAction((parsed, token) => StoreBenchmark.RunAsync(
    new StoreBenchmarkOptions(
        parsed.GetValue(users),
        parsed.GetValue(count),
        parsed.GetValue(repeats),
        parsed.GetValue(kind),
        parsed.GetValue(text),
        parsed.GetValue(connection),
        parsed.GetValue(json)),
    token));
var lists = new Option<int>("--users") { Description = "Lists per re-ranker.", DefaultValueFactory = _ => 5_000 };
var candidates = new Option<int>("--candidates") { Description = "Candidates per list.", DefaultValueFactory = _ => 200 };
var length = new Option<int>("--count") { Description = "Length of a finished list.", DefaultValueFactory = _ => 20 };
var factors = new Option<int>("--factors") { Description = "Length of a factor vector.", DefaultValueFactory = _ => 128 };
var rerank = new Command("rerank", "Prints what each re-ranker costs per user on one thread.") { lists, candidates, length, factors };
rerank.SetAction(parsed => ReRankingBenchmark.Run(new ReRankingBenchmarkOptions(
    parsed.GetValue(lists), parsed.GetValue(candidates), parsed.GetValue(length), parsed.GetValue(factors))));
return await new RootCommand("Benchmarks of BatchRecs. Nothing here is a test.") { store, rerank }.Parse(args).InvokeAsync();
