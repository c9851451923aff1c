-- ReleaseVerifier: returns the items of a release.
copy (
    select cast(item_id as {itemForm}), popularity, propensity
    from {table}
) to stdout (format binary)
