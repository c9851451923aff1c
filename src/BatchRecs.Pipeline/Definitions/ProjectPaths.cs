using System.Text;
using BatchRecs.Core.Errors;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Files of a project: their full path, the path that people write, their text.</summary>
static class ProjectPaths
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Returns the path as people write it: relative to the project root where it lies inside.</summary>
    /// <param name="path">A path, absolute or relative to the project root.</param>
    /// <param name="projectRoot">The project root.</param>
    public static string Shown(string path, string projectRoot)
    {
        string full = Path.GetFullPath(path, projectRoot);
        return IsInside(full, projectRoot) ? Path.GetRelativePath(projectRoot, full).Replace('\\', '/') : full;
    }

    /// <summary>Tells whether a path lies inside the project.</summary>
    /// <param name="path">A path, absolute or relative to the project root.</param>
    /// <param name="projectRoot">The project root.</param>
    public static bool IsInside(string path, string projectRoot)
    {
        string relative = Path.GetRelativePath(projectRoot, Path.GetFullPath(path, projectRoot));
        return !Path.IsPathRooted(relative) && relative.Split('/', '\\')[0] is not (".." or ".");
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">A path, absolute or relative to the project root.</param>
    /// <param name="projectRoot">The project root.</param>
    /// <exception cref="ConfigurationException">There is no such file, it may not be read, or it is not UTF-8.</exception>
    public static string ReadText(string path, string projectRoot)
    {
        string shown = Shown(path, projectRoot);
        try
        {
            return File.ReadAllText(Path.GetFullPath(path, projectRoot), StrictUtf8);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ConfigurationException(
                $"{shown}: there is no such file; expected a path relative to the project root, {projectRoot}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{shown}: the file cannot be read: {error.Message}", error);
        }
        catch (DecoderFallbackException error)
        {
            throw new ConfigurationException($"{shown}: found bytes that are not UTF-8; expected a text file in UTF-8.", error);
        }
    }
}
