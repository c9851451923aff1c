using BatchRecs.Store;

namespace BatchRecs.IntegrationTests.BadInput;

/// <summary>
/// Whatever is in the warehouse: a run ends as documented, publishes nothing that is not whole, leaves the release before it served,
/// names no user, and the next good run is none the worse for it.
/// </summary>
public sealed class BadInputTests(BadInputMatrix matrix) : IClassFixture<BadInputMatrix>
{
    public static TheoryData<string, StoreProvider> All
    {
        get
        {
            var all = new TheoryData<string, StoreProvider>();
            foreach (var input in BadInputMatrix.Groups.SelectMany(group => group.Cases))
            {
                if (input.Statements(true) is not null)
                    all.Add(input.Name, StoreProvider.Postgres);
                if (input.Statements(false) is not null)
                    all.Add(input.Name, StoreProvider.Sqlite);
            }
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_run_ends_as_documented_and_does_no_harm(string name, StoreProvider store)
    {
        string? problem = matrix.Results[(name, store)].Problem;

        Assert.True(problem is null, problem);
    }

    [Fact]
    public void The_page_for_operators_shows_every_message() => BadInputPage.Check(matrix);
}
