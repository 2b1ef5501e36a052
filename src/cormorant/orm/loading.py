"""Results that were frozen, given again."""

from .query.merged_results import merge_frozen_result, merge_result

__all__ = ["merge_frozen_result", "merge_result"]
