using System.Diagnostics;
using System.Runtime.InteropServices;
using BatchRecs.Core.Errors;

namespace BatchRecs.Core.Data;

/// <summary>Collects the distinct ids of one column (users or items); each gets a provisional code 0, 1, 2 … in order of arrival.</summary>
/// <remarks>Only a text id that is met for the first time becomes a string; <see cref="Build"/> turns codes into the one order.</remarks>
/// <param name="role">What the ids name, for messages: <c>user</c> or <c>item</c>.</param>
public sealed class IdColumnBuilder(string role)
{
    readonly Dictionary<long, int> _integers = [];
    readonly Dictionary<Guid, int> _uuids = [];
    readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    IdKind? _kind;
    string _firstSource = "";
    (IdMap Map, int[] IndexOfCode)? _built;

    /// <summary>Gets the number of distinct ids.</summary>
    public int Count => _integers.Count + _uuids.Count + _texts.Count;

    /// <summary>Declares that a source delivers ids of a kind; called once per source before its first id.</summary>
    /// <param name="kind">Kind of the ids; integers of several widths become the widest.</param>
    /// <param name="source">The source, for messages: <c>sources[0] (public.ratings)</c>.</param>
    /// <exception cref="InputDataException">Another source delivers ids that cannot be compared with these.</exception>
    public void Declare(IdKind kind, string source)
    {
        if (_kind is not { } known)
        {
            _kind = kind;
            _firstSource = source;
            return;
        }
        if (!Comparable(known, kind))
            throw new InputDataException(
                $"{source}: the {role} ids are {Word(kind)}, but those of {_firstSource} are {Word(known)}. "
                + "All sources of a recommender need "
                + $"{role} ids of one type: read one of them through a view or query that casts the column.");
        _kind = (IdKind)Math.Max((int)known, (int)kind);
    }

    /// <summary>Adds an integer id.</summary>
    /// <returns>Its provisional code.</returns>
    public int Add(long id)
    {
        Debug.Assert(_kind <= IdKind.Int64, "integers are declared");
        ref int code = ref CollectionsMarshal.GetValueRefOrAddDefault(_integers, id, out bool known);
        return known ? code : code = _integers.Count - 1;
    }

    /// <summary>Adds a uuid.</summary>
    /// <returns>Its provisional code.</returns>
    public int Add(Guid id)
    {
        Debug.Assert(_kind == IdKind.Uuid, "uuids are declared");
        ref int code = ref CollectionsMarshal.GetValueRefOrAddDefault(_uuids, id, out bool known);
        return known ? code : code = _uuids.Count - 1;
    }

    /// <summary>Adds a text id; it is compared ordinally.</summary>
    /// <returns>Its provisional code.</returns>
    public int Add(ReadOnlySpan<char> id)
    {
        Debug.Assert(_kind == IdKind.Text, "texts are declared");
        ref int code = ref CollectionsMarshal.GetValueRefOrAddDefault(_texts.GetAlternateLookup<ReadOnlySpan<char>>(), id, out bool known);
        return known ? code : code = _texts.Count - 1;
    }

    /// <summary>Sorts the ids into the one order; sorted once, however often it is asked for.</summary>
    /// <returns>The map, and the index of each provisional code.</returns>
    public (IdMap Map, int[] IndexOfCode) Build()
    {
        if (_built is not { } built || built.IndexOfCode.Length != Count)
            _built = built = Sort();
        return built;
    }

    /// <summary>Tells whether ids of two kinds can name the same thing.</summary>
    public static bool Comparable(IdKind left, IdKind right) => left == right || (left <= IdKind.Int64 && right <= IdKind.Int64);

    /// <summary>Names a kind for messages.</summary>
    public static string Word(IdKind kind) => kind switch
    {
        IdKind.Uuid => "uuids",
        IdKind.Text => "text",
        _ => "integers",
    };

    (IdMap Map, int[] IndexOfCode) Sort()
    {
        switch (_kind ?? IdKind.Int64)
        {
            case IdKind.Uuid:
                var (uuids, uuidIndex) = Sort(_uuids, UuidIdMap.Order);
                return (new UuidIdMap(uuids), uuidIndex);
            case IdKind.Text:
                var (texts, textIndex) = Sort(_texts, TextIdMap.Order);
                return (new TextIdMap(texts), textIndex);
            case var integer:
                var (integers, integerIndex) = Sort(_integers, Comparer<long>.Default);
                return (new IntegerIdMap(integer, integers), integerIndex);
        }
    }

    static (TId[] Sorted, int[] IndexOfCode) Sort<TId>(Dictionary<TId, int> codes, Comparer<TId> order) where TId : notnull
    {
        var sorted = new TId[codes.Count];
        foreach (var (id, code) in codes)
            sorted[code] = id;
        int[] codeAt = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, codeAt, order);

        int[] indexOfCode = new int[sorted.Length];
        for (int index = 0; index < codeAt.Length; index++)
            indexOfCode[codeAt[index]] = index;
        return (sorted, indexOfCode);
    }
}
