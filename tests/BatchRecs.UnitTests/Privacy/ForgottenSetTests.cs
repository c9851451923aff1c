using BatchRecs.Core.Data;
using BatchRecs.Store.Privacy;

namespace BatchRecs.UnitTests.Privacy;

/// <summary>The set knows who is in it without knowing who that is.</summary>
public sealed class ForgottenSetTests
{
    static readonly byte[] Key = [.. Enumerable.Repeat((byte)7, 32)];

    [Fact]
    public void It_finds_its_members_and_nobody_else()
    {
        var set = Of("movies", "ann", "dan");

        Assert.Equal([true, false, true], set.In(new TextIdMap(["ann", "bob", "dan"])));
        Assert.True(set.Contains("dan"));
        Assert.False(set.Contains("Dan"));
    }

    [Fact]
    public void Only_members_whose_data_were_removed_are_done()
    {
        var set = new ForgottenSet("movies", Key, [Hash("ann"), Hash("dan")], [Hash("dan")]);

        Assert.False(set.IsDone("ann"));
        Assert.True(set.IsDone("dan"));
    }

    [Fact]
    public void The_hashes_of_two_recommenders_cannot_be_joined() =>
        Assert.NotEqual(Hash("ann"), ForgottenSet.Hash(Key, "books", "ann"));

    /// <summary>RFC 2104 over SHA-256, worked out with another program: 32 bytes 07 as key, "movies", a line feed, "ann".</summary>
    [Fact]
    public void The_hash_is_HMAC_SHA_256_of_recommender_and_id() =>
        Assert.Equal("fe1d4297b55ad71a4944934b8cabc8cf31a0317383b9c0fdfb2b193ee55b3c1c", Hash("ann"));

    [Fact]
    public void The_digest_changes_with_the_members_and_not_with_their_order()
    {
        Assert.Equal(Of("movies", "ann", "dan").Digest, Of("movies", "dan", "ann").Digest);
        Assert.NotEqual(Of("movies", "ann", "dan").Digest, Of("movies", "ann").Digest);
    }

    static string Hash(string user) => ForgottenSet.Hash(Key, "movies", user);

    static ForgottenSet Of(string recommender, params string[] users) =>
        new(recommender, Key, users.Select(user => ForgottenSet.Hash(Key, recommender, user)), []);
}
