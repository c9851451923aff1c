using System.CommandLine;
using BatchRecs.Host.Serve;
using Microsoft.Extensions.Hosting;

namespace BatchRecs.Host.Cli.Commands;

/// <summary><c>serve [--urls URLS]</c></summary>
static class ServeCommand
{
    const string DefaultUrls = "http://127.0.0.1:5080";

    /// <summary>Creates the command.</summary>
    public static Command Create(HostServices services)
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Addresses to listen on, separated by semicolons.",
            HelpName = "URLS",
            DefaultValueFactory = _ => DefaultUrls,
        };
        // The server itself takes what it cannot read as a host name and listens on port 80 of every address.
        urls.Validators.Add(result =>
        {
            foreach (string url in (result.GetValueOrDefault<string>() ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
                if (!Uri.TryCreate(url.Trim().Replace("//*", "//any").Replace("//+", "//any"), UriKind.Absolute, out var address)
                    || address.Scheme is not ("http" or "https"))
                    result.AddError($"'{url}' is no address. Write it as {DefaultUrls}.");
        });
        var command = new Command(
            "serve",
            "Run jobs when schedules/*.yaml say so, until stopped; /health/live and /health/ready answer over HTTP.") { urls };
        command.SetAction(async (parse, token) =>
        {
            await using var settings = await services.Engine.OpenScheduler(token);
            await using var application = ServeApplication.Build(services, settings, parse.GetRequiredValue(urls));
            await ((IHost)application).RunAsync(token);
            return ExitCodes.Done;
        });
        return command;
    }
}
