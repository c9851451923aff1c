using BatchRecs.Core.Errors;
using BatchRecs.Host;

namespace BatchRecs.UnitTests.Host;

public sealed class ProjectFolderTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("batchrecs-root-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_root_is_the_nearest_folder_above_that_holds_jobs()
    {
        _folder.CreateSubdirectory("jobs");
        string below = _folder.CreateSubdirectory("jobs/queries").FullName;

        Assert.Equal(_folder.FullName, ProjectFolder.Find(below, _ => null));
    }

    [Fact]
    public void Elsewhere_the_root_is_the_folder_of_the_launcher() =>
        Assert.Equal("/opt/batchrecs", ProjectFolder.Find(_folder.FullName, name => name == "BATCHRECS_HOME" ? "/opt/batchrecs" : null));

    [Fact]
    public void A_root_named_in_the_environment_wins()
    {
        _folder.CreateSubdirectory("jobs");
        string other = _folder.CreateSubdirectory("other").FullName;

        Assert.Equal(other, ProjectFolder.Find(_folder.FullName, name => name == "BATCHRECS_ROOT" ? other : "/opt/batchrecs"));
    }

    [Fact]
    public void A_root_that_does_not_exist_is_a_configuration_mistake()
    {
        var exception = Assert.Throws<ConfigurationException>(() => ProjectFolder.Find(_folder.FullName, _ => "/no/such/folder"));

        Assert.Equal("BATCHRECS_ROOT is '/no/such/folder', which is not a folder. Name the folder that holds jobs/.", exception.Message);
    }
}
