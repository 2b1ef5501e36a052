"""Results: from raw rows of a cursor or an iterator to rows, scalars and mappings."""
