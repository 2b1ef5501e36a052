"""From rows to objects: generated loaders, and the strategies that load what is missing."""
