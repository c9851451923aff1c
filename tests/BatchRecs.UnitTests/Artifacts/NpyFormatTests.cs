using System.Text;
using BatchRecs.Store.Artifacts;

namespace BatchRecs.UnitTests.Artifacts;

public sealed class NpyFormatTests
{
    [Fact]
    public void One_dimension_is_written_byte_for_byte_as_numpy_does()
    {
        // What numpy.save writes for array([1, -2], dtype=int32).
        byte[] expected =
        [
            0x93, .. "NUMPY"u8, 1, 0, 0x76, 0,
            .. Encoding.ASCII.GetBytes("{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }".PadRight(117) + "\n"),
            1, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF,
        ];

        Assert.Equal(expected, Write<int>([1, -2], 2, 0));
    }

    [Fact]
    public void Two_dimensions_are_row_major()
    {
        byte[] bytes = Write<float>([1f, 2f, 3f, 4f, 5f, 6f], 2, 3);

        Assert.Equal(0, (bytes.Length - (6 * sizeof(float))) % 64);
        Assert.Contains("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", Encoding.ASCII.GetString(bytes));
        Assert.Equal(BitConverter.GetBytes(4f), bytes[^12..^8]);
    }

    [Fact]
    public void A_file_of_another_program_with_other_padding_is_read()
    {
        byte[] header = Encoding.ASCII.GetBytes("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}\n");
        byte[] bytes = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header, .. BitConverter.GetBytes(0.25)];

        var (elements, rows, columns) = NpyFormat.Read<double>(new MemoryStream(bytes));

        Assert.Equal([0.25], elements);
        Assert.Equal((1, 0), (rows, columns));
    }

    [Fact]
    public void Every_element_type_comes_back()
    {
        Same<sbyte>([-128, 127]);
        Same<byte>([0, 255]);
        Same<bool>([true, false]);
        Same([int.MinValue, int.MaxValue]);
        Same([long.MinValue, long.MaxValue]);
        Same([float.NaN, float.Epsilon, float.NegativeInfinity]);
        Same([double.NaN, double.MaxValue, -0.0]);
        Same<int>([]);
    }

    [Fact]
    public void A_long_array_is_written_in_slices_and_comes_back() => Same(Enumerable.Range(0, (1 << 18) + 3).ToArray());

    [Fact]
    public void Another_type_a_cut_file_and_a_foreign_file_are_told_apart()
    {
        byte[] bytes = Write<int>([1, 2], 2, 0);

        Assert.Contains(
            "holds '<i4', not '<f4'", Assert.Throws<InvalidDataException>(() => NpyFormat.Read<float>(new MemoryStream(bytes))).Message);
        Assert.Throws<EndOfStreamException>(() => NpyFormat.Read<int>(new MemoryStream(bytes[..^1])));
        Assert.Throws<EndOfStreamException>(() => NpyFormat.Read<int>(new MemoryStream(bytes[..20])));
        Assert.Throws<InvalidDataException>(() => NpyFormat.Read<int>(new MemoryStream(new byte[128])));
        Assert.Throws<ArgumentException>(() => Write<int>([1, 2], 3, 0));
    }

    static byte[] Write<T>(ReadOnlySpan<T> elements, int rows, int columns) where T : unmanaged
    {
        var stream = new MemoryStream();
        NpyFormat.Write(stream, elements, rows, columns);
        return stream.ToArray();
    }

    static void Same<T>(T[] elements) where T : unmanaged =>
        Assert.Equal(elements, NpyFormat.Read<T>(new MemoryStream(Write<T>(elements, elements.Length, 0))).Elements);
}
