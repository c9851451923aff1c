using System.Data.Common;
using System.Net.Sockets;
using BatchRecs.Store;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BatchRecs.UnitTests.Store;

public sealed class TransientErrorsTests
{
    [Theory]
    [InlineData("08006")]
    [InlineData("40001")]
    [InlineData("40P01")]
    [InlineData("53300")]
    [InlineData("55P03")]
    [InlineData("57P01")]
    [InlineData("57P02")]
    [InlineData("57P03")]
    public void What_a_server_gets_over_may_pass(string state) => Assert.True(TransientErrors.MayPass(Postgres(state)));

    [Theory]
    [InlineData("28P01")]
    [InlineData("3D000")]
    [InlineData("42501")]
    [InlineData("42P01")]
    [InlineData("23505")]
    [InlineData("53100")]
    [InlineData("53200")]
    [InlineData("57014")]
    [InlineData("58030")]
    public void What_stays_as_it_is_fails_at_once(string state) => Assert.False(TransientErrors.MayPass(Postgres(state)));

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(15, true)]
    [InlineData(10, false)]
    [InlineData(11, false)]
    [InlineData(13, false)]
    [InlineData(14, false)]
    public void Of_SQLite_only_locks_may_pass(int code, bool mayPass) =>
        Assert.Equal(mayPass, TransientErrors.MayPass(new SqliteException("error", code)));

    [Theory]
    [InlineData(SocketError.ConnectionRefused, true)]
    [InlineData(SocketError.ConnectionReset, true)]
    [InlineData(SocketError.TryAgain, true)]
    [InlineData(SocketError.HostNotFound, false)]
    [InlineData(SocketError.AccessDenied, false)]
    public void A_network_may_come_back_but_not_a_host_that_does_not_exist(SocketError error, bool mayPass) =>
        Assert.Equal(mayPass, TransientErrors.MayPass(new NpgsqlException("error", new SocketException((int)error))));

    [Fact]
    public void Of_several_hosts_one_that_may_come_back_is_enough() => Assert.True(TransientErrors.MayPass(
        new NpgsqlException("error", new AggregateException(new SocketException((int)SocketError.HostNotFound), new IOException()))));

    [Fact]
    public void A_connection_that_takes_too_long_may_be_there_later_but_a_statement_that_does_is_not_repeated()
    {
        DbException late = new NpgsqlException("timeout", new TimeoutException());

        Assert.True(TransientErrors.MayOpenLater(late));
        Assert.False(TransientErrors.MayPass(late));
    }

    static PostgresException Postgres(string state) => new("message", "ERROR", "ERROR", state);
}
