"""SQL as values: expressions, selectables, statements."""
