using System.Text;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Quarantine;

namespace BatchRecs.Store.Extract;

/// <summary>Reads titles and categories of the items of a snapshot.</summary>
public static class ItemReader
{
    /// <summary>Stands between the elements of an array of categories on their way from the store: the ASCII unit separator.</summary>
    internal const char ArraySeparator = '\u001f';

    /// <summary>Reads the catalog.</summary>
    /// <param name="session">The warehouse.</param>
    /// <param name="source">Where items are described.</param>
    /// <param name="items">Ids of the items of the snapshot; rows of other items are counted and left out.</param>
    /// <param name="token">Ends the reading early.</param>
    /// <exception cref="InputDataException">The source cannot be read, or its ids are of another type than those of the events.</exception>
    /// <remarks>Several rows of one item give the union of their categories and the title that sorts first. Categories
    /// longer than <see cref="StoredText.MaxIdBytes"/> are counted and left out.</remarks>
    public static async Task<ItemCatalog> ReadAsync(SourceSession session, ItemSource source, IdMap items, CancellationToken token)
    {
        string[] names = [.. new[] { source.Item, source.Title, source.Categories }.OfType<string>()];
        var (described, problems) = await InteractionReader.RunAsync(
            session, source.Label, () => SourceBinding.DescribeAsync(session, source.Label, source.Relation, names, token));
        if (described is null)
            throw SourceBinding.Fail(problems);
        var kind = RelatedIds.Check(source.Label, source.Role, described[0], items.Kind);
        var title = source.Title is null ? null : described[1] with { Form = ColumnForm.Text };
        var categories = source.Categories is null ? null : described[^1];
        bool isArray = categories?.Form == ColumnForm.TextArray;
        if (categories is not null && !isArray)
            categories = categories with { Form = ColumnForm.Text };

        var lookup = new ItemRows(
            new IdField(kind, ordinal: 0), new IdIndex(items), isArray ? ArraySeparator.ToString() : source.Separator, items.Count);
        await using var rows = await InteractionReader.RunAsync(
            session, source.Label, () => session.ReadRowsAsync(source.Relation, [described[0], title, categories], token));
        return await InteractionReader.RunAsync(session, source.Label, async () =>
        {
            while (await rows.NextAsync(token))
                lookup.Take(rows);
            return lookup.Build();
        });
    }

    sealed class ItemRows(IdField id, IdIndex items, string? separator, int itemCount)
    {
        const int TitleOrdinal = 1, CategoriesOrdinal = 2;

        readonly ItemCatalogBuilder _catalog = new(itemCount);

        public void Take(RowReader row)
        {
            int item = id.Read(row) == IdState.Read ? id.FindIn(items) : -1;
            if (item < 0)
            {
                _catalog.RowsWithoutEvents++;
                return;
            }
            if (row.Class(TitleOrdinal) != FieldClass.Null)
                _catalog.AddTitle(item, Text(row, TitleOrdinal));
            if (row.Class(CategoriesOrdinal) == FieldClass.Null)
                return;
            string categories = Text(row, CategoriesOrdinal);
            foreach (string category in string.IsNullOrEmpty(separator) ? [categories] : categories.Split(separator))
            {
                // Category names are keys of the popular lists.
                if (Encoding.UTF8.GetByteCount(category) <= StoredText.MaxIdBytes)
                    _catalog.AddCategory(item, category);
                else
                    _catalog.LongCategories++;
            }
        }

        /// <summary>Returns a text without U+0000: SQLite can hold it, PostgreSQL refuses it.</summary>
        static string Text(RowReader row, int ordinal) =>
            Encoding.UTF8.GetString(row.Utf8(ordinal)).Replace("\0", "", StringComparison.Ordinal);

        public ItemCatalog Build() => _catalog.Build();
    }
}
