using System.Reflection;
using YamlDotNet.RepresentationModel;

namespace BatchRecs.Pipeline.Yaml;

/// <summary>Knows the keys of a kind of file that may be written shorter than their type says.</summary>
interface IShorthands
{
    /// <summary>Reads a node if it is such a shorthand.</summary>
    /// <param name="property">The property behind the key.</param>
    /// <param name="node">What the file has.</param>
    /// <param name="path">Full path of the key.</param>
    /// <param name="binder">Binds the parts.</param>
    /// <param name="value">The value.</param>
    /// <returns>False if the node is to be read as its type says.</returns>
    bool TryRead(PropertyInfo property, YamlNode node, string path, RecordBinder binder, out object? value);
}
