using BatchRecs.Core.Data;

namespace BatchRecs.Core.ReRanking;

/// <summary>How far a list has come under its caps. Not safe for several threads.</summary>
sealed class CapState
{
    const int NoCategory = -1;
    const int NoItem = -1;

    readonly CategoryCapsOptions _options;
    readonly ItemCatalog _catalog;

    /// <summary>Per category: how many of its items stand on the list, and how many candidates are left.</summary>
    readonly Dictionary<int, (int Taken, int Left)> _counts = [];
    readonly bool _isSimple = true;
    int _free;
    int _last = NoItem;

    public CapState(CategoryCapsOptions options, ItemCatalog catalog, Shortlist list)
    {
        (_options, _catalog) = (options, catalog);
        foreach (int item in list.Items)
        {
            var categories = catalog.CategoriesOf(item);
            _isSimple &= categories.Length <= 1;
            _free += categories.IsEmpty ? 1 : 0;
            foreach (int category in categories)
                _counts[category] = (0, _counts.GetValueOrDefault(category).Left + 1);
        }
    }

    /// <summary>Tells whether none of the item's categories is full.</summary>
    public bool IsUnderCaps(int item)
    {
        foreach (int category in _catalog.CategoriesOf(item))
            if (_counts[category].Taken >= _options.AtMost)
                return false;
        return true;
    }

    /// <summary>Tells whether an item has nothing in common with the one above it.</summary>
    public bool IsApart(int item) =>
        !_options.Apart || _last == NoItem || _catalog.CountShared(item, _last) == 0;

    /// <summary>Puts an item on the list.</summary>
    public void Take(int item)
    {
        var categories = _catalog.CategoriesOf(item);
        _free -= categories.IsEmpty ? 1 : 0;
        foreach (int category in categories)
            _counts[category] = (_counts[category].Taken + 1, _counts[category].Left - 1);
        _last = item;
    }

    /// <summary>Tells whether further ranks can be filled within the limits once an item is taken.</summary>
    /// <param name="item">The item, which keeps the limits itself.</param>
    /// <param name="ranks">How many ranks follow.</param>
    /// <returns>True as well where items have several categories: that is not looked into.</returns>
    /// <remarks>
    /// Of n ranks a category can have every second one: ⌈n / 2⌉, or ⌊n / 2⌋ if the item above is of it. What all categories can have, each
    /// within its cap and its candidates, has to reach n; then an order without equal neighbours exists.
    /// </remarks>
    public bool LeavesSolution(int item, int ranks)
    {
        if (!_isSimple)
            return true;
        var categories = _catalog.CategoriesOf(item);
        int own = categories.IsEmpty ? NoCategory : categories[0];
        int sum = _free - (own == NoCategory ? 1 : 0);
        foreach (var (category, (taken, left)) in _counts)
        {
            int used = category == own ? 1 : 0;
            int possible = Math.Min(_options.AtMost - taken - used, left - used);
            int most = !_options.Apart ? ranks : category == own ? ranks / 2 : (ranks + 1) / 2;
            sum += Math.Max(0, Math.Min(possible, most));
            if (sum >= ranks)
                return true;
        }
        return sum >= ranks;
    }
}
