using System.Globalization;

namespace BatchRecs.Store.Postgres;

/// <summary>A session that holds a lock which another waits for.</summary>
sealed record LockHolder
{
    public int Pid { get; init; }

    public string? Application { get; init; }

    public string? Role { get; init; }

    public string? State { get; init; }

    public string? TransactionStart { get; init; }

    public string? StatementStart { get; init; }

    /// <summary>Says who it is and how to end it; what the server does not show to this role is left out.</summary>
    public override string ToString()
    {
        string application = string.IsNullOrEmpty(Application) ? "" : $", application '{Application}'";
        string role = Role is null ? "" : $", user '{Role}'";
        string state = State is null ? "" : $", {State}";
        string transaction = TransactionStart is null ? "" : $", its transaction began {TransactionStart} UTC";
        string statement = StatementStart is null ? "" : $", its last statement {StatementStart} UTC";
        return string.Create(CultureInfo.InvariantCulture, $"pid {Pid}{application}{role}{state}{transaction}{statement}");
    }

    /// <summary>Says who holds a lock; null if nobody does.</summary>
    public static string? Describe(IReadOnlyList<LockHolder> holders) => holders.Count == 0
        ? null
        : $"The lock was held by {string.Join("; ", holders)}. Let it end, or end it: " +
            $"{string.Join("; ", holders.Select(holder => $"select pg_terminate_backend({holder.Pid})"))}.";
}
