namespace BatchRecs.SoakTests.Support;

/// <summary>Loops that measure latencies or use the machine fully: one at a time, after the others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    /// <summary>The name of the collection.</summary>
    public const string Name = "alone";
}
