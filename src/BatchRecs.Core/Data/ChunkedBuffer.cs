using System.Runtime.CompilerServices;

namespace BatchRecs.Core.Data;

/// <summary>A column that grows by chunks, so growing neither copies what is there nor needs twice its memory.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class ChunkedBuffer<T> where T : unmanaged
{
    const int ChunkBits = 16;
    const int ChunkLength = 1 << ChunkBits;

    readonly List<T[]> _chunks = [];
    T[] _last = [];
    int _used;

    /// <summary>Gets the number of elements.</summary>
    public long Count => _chunks.Count == 0 ? 0 : ((long)(_chunks.Count - 1) << ChunkBits) + _used;

    /// <summary>Appends one element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T element)
    {
        if (_used == _last.Length)
            Grow();
        _last[_used++] = element;
    }

    /// <summary>Returns all elements in one array and lets go of the chunks one by one.</summary>
    public T[] Drain()
    {
        T[] all = new T[Count];
        for (int chunk = 0; chunk < _chunks.Count; chunk++)
        {
            int start = chunk << ChunkBits;
            _chunks[chunk].AsSpan(0, Math.Min(ChunkLength, all.Length - start)).CopyTo(all.AsSpan(start));
            _chunks[chunk] = [];
        }
        _chunks.Clear();
        _last = [];
        _used = 0;
        return all;
    }

    void Grow()
    {
        _last = new T[ChunkLength];
        _chunks.Add(_last);
        _used = 0;
    }
}
