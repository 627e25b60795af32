"""Texts as the search compares them."""

from portal.core.folding import fold, fold_character

__all__ = ["fold", "fold_character"]
