from .range_values import Range, MultiRange
