using System.Runtime.InteropServices;
using BatchRecs.Host;
using BatchRecs.Host.Cli;

var terminal = Terminal.Open();
using var cancellation = new CancellationTokenSource();
// The first signal asks for an orderly end; a second one ends the process at once.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

return await CommandLine.GuardAsync(terminal, async () =>
{
    string root = ProjectFolder.Find(Environment.CurrentDirectory, Environment.GetEnvironmentVariable);
    var configuration = Settings.Read(root);
    using var loggers = Logging.Open(configuration, root, isServer: args is ["serve", ..], terminal.Error);
    var services = new HostServices
    {
        ProjectRoot = root,
        Configuration = configuration,
        Loggers = loggers,
        Clock = TimeProvider.System,
        Terminal = terminal,
        Engine = Composition.CreateEngine(root, configuration, loggers, TimeProvider.System),
    };
    return await CommandLine.RunAsync(services, args, cancellation.Token);
});

void Cancel(PosixSignalContext context)
{
    context.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}
