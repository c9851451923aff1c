using System.Data;
using Dapper;

namespace BatchRecs.Store.Sql;

/// <summary>Stores a moment as microseconds since 1970-01-01 UTC, in both dialects alike.</summary>
sealed class MicrosecondHandler : SqlMapper.TypeHandler<DateTimeOffset>
{
    static readonly Lock Gate = new();
    static bool _registered;

    /// <summary>Makes Dapper use this form in place of the drivers' own, and match snake_case columns to properties.</summary>
    public static void Register()
    {
        lock (Gate)
        {
            if (_registered)
                return;
            SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
            SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
            DefaultTypeMap.MatchNamesWithUnderscores = true;
            SqlMapper.AddTypeHandler(new MicrosecondHandler());
            _registered = true;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset Parse(object value) => DateTimeOffset.UnixEpoch.AddMicroseconds((long)value);

    /// <inheritdoc/>
    public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
    {
        parameter.DbType = DbType.Int64;
        parameter.Value = (value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
    }
}
