using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace BatchRecs.Store.Artifacts;

/// <summary>Arrays in NumPy's file format, version 1.0: little endian, row-major, one or two dimensions.</summary>
/// <remarks>
/// Magic <c>93 4E 55 4D 50 59 01 00</c>, a 16-bit header length, a Python dictionary padded with blanks to a multiple of 64 bytes, the
/// elements. Source: NEP 1, "A Simple File Format for NumPy Arrays".
/// </remarks>
static partial class NpyFormat
{
    const int Alignment = 64;
    const int PrefixLength = 10;
    const int ElementsPerSlice = 1 << 18;

    static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    /// <summary>Writes an array.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="elements">Row-major; length rows × columns, or rows if there is one dimension.</param>
    /// <param name="rows">Length of the first dimension.</param>
    /// <param name="columns">Length of the second dimension, or 0 for one dimension.</param>
    public static void Write<T>(Stream stream, ReadOnlySpan<T> elements, int rows, int columns = 0) where T : unmanaged
    {
        if (elements.Length != (long)rows * Math.Max(columns, 1))
            throw new ArgumentException($"{elements.Length} elements do not make {rows} x {columns}.", nameof(elements));
        WriteHeader<T>(stream, rows, columns);
        WriteElements(stream, elements);
    }

    /// <summary>Writes the header of an array whose elements follow in pieces.</summary>
    public static void WriteHeader<T>(Stream stream, long rows, int columns = 0) where T : unmanaged
    {
        string shape = FormattableString.Invariant(columns == 0 ? $"({rows},)" : (FormattableString)$"({rows}, {columns})");
        string header = $"{{'descr': '{Descriptor<T>()}', 'fortran_order': False, 'shape': {shape}, }}";
        int length = Align(PrefixLength + header.Length + 1) - PrefixLength;
        stream.Write(Magic);
        stream.WriteByte((byte)length);
        stream.WriteByte((byte)(length >> 8));
        stream.Write(Encoding.ASCII.GetBytes(header.PadRight(length - 1) + '\n'));
    }

    /// <summary>Writes elements in slices, because the bytes of a long array are more than a span can count.</summary>
    public static void WriteElements<T>(Stream stream, ReadOnlySpan<T> elements) where T : unmanaged
    {
        for (; elements.Length > 0; elements = elements[Math.Min(elements.Length, ElementsPerSlice)..])
            stream.Write(MemoryMarshal.AsBytes(elements[..Math.Min(elements.Length, ElementsPerSlice)]));
    }

    /// <summary>Reads an array straight into its memory.</summary>
    /// <returns>The elements, and the lengths of the dimensions (columns 0 for one dimension).</returns>
    /// <exception cref="InvalidDataException">The file is no such array, or its elements have another type.</exception>
    /// <exception cref="EndOfStreamException">The file is cut off.</exception>
    public static (T[] Elements, int Rows, int Columns) Read<T>(Stream stream) where T : unmanaged
    {
        var (descriptor, rows, columns) = ReadHeader(stream);
        if (descriptor != Descriptor<T>())
            throw new InvalidDataException($"The array holds '{descriptor}', not '{Descriptor<T>()}'.");
        T[] elements = new T[rows * Math.Max(columns, 1)];
        for (int start = 0; start < elements.Length; start += ElementsPerSlice)
            stream.ReadExactly(MemoryMarshal.AsBytes(elements.AsSpan(start, Math.Min(ElementsPerSlice, elements.Length - start))));
        return (elements, (int)rows, columns);
    }

    /// <summary>Reads the header of an array: NumPy's name of the element type, and the lengths of the dimensions.</summary>
    /// <exception cref="InvalidDataException">The file is no such array.</exception>
    /// <exception cref="EndOfStreamException">The file is cut off.</exception>
    public static (string Descriptor, long Rows, int Columns) ReadHeader(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        stream.ReadExactly(prefix);
        if (!prefix.StartsWith(Magic))
            throw new InvalidDataException("The file is no NumPy array of format 1.0.");
        byte[] header = new byte[prefix[^2] | (prefix[^1] << 8)];
        stream.ReadExactly(header);
        var match = Header().Match(Encoding.ASCII.GetString(header));
        var second = match.Groups["columns"];
        int columns = 0;
        if (!match.Success
            || !long.TryParse(match.Groups["rows"].ValueSpan, CultureInfo.InvariantCulture, out long rows)
            || (second.Success && !int.TryParse(second.ValueSpan, CultureInfo.InvariantCulture, out columns)))
            throw new InvalidDataException($"The array has an unusable header: {Encoding.ASCII.GetString(header).Trim()}");
        return (match.Groups["descr"].Value, rows, columns);
    }

    static string Descriptor<T>() => default(T) switch
    {
        sbyte => "|i1",
        byte => "|u1",
        bool => "|b1",
        int => "<i4",
        long => "<i8",
        float => "<f4",
        double => "<f8",
        _ => throw new NotSupportedException($"Arrays of {typeof(T).Name} are not written."),
    };

    static int Align(int length) => (length + Alignment - 1) / Alignment * Alignment;

    [GeneratedRegex("""^\{'descr': '(?<descr>[^']+)', 'fortran_order': False, 'shape': \((?<rows>\d+),(?: (?<columns>\d+))?\),? *\}\s*$""")]
    private static partial Regex Header();
}
