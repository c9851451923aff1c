namespace BatchRecs.Host;

/// <summary>The exit codes of the process: all of them, in one place.</summary>
static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The command line or a job, schedule or settings file is wrong.</summary>
    public const int Configuration = 2;

    /// <summary>The data in the warehouse cannot be used.</summary>
    public const int InputData = 3;

    /// <summary>Training did not converge.</summary>
    public const int TrainingDiverged = 4;

    /// <summary>A store did not do what it was asked.</summary>
    public const int Store = 5;

    /// <summary>A guard refused the new release; the old one is still current.</summary>
    public const int Refused = 6;

    /// <summary>Memory or disk do not suffice.</summary>
    public const int Resources = 7;

    /// <summary>A bug in BatchRecs.</summary>
    public const int Bug = 70;

    /// <summary>Left out, because the same job is already running.</summary>
    public const int AlreadyRunning = 75;

    /// <summary>Cancelled by a person or a signal.</summary>
    public const int Cancelled = 130;

    /// <summary>The table for the help text.</summary>
    public const string Help =
        """
        Exit codes: 0 done, 2 configuration, 3 input data, 4 training diverged, 5 store, 6 refused by a guard,
        7 not enough memory or disk, 70 bug, 75 already running, 130 cancelled.
        """;
}
