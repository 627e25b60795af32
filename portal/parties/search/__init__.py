"""How a name becomes searchable, in plain Python.

A name is found by every piece of it, whatever its width, case or script (traditional or
simplified), by the pinyin of its characters in every reading, and by their initials.

`entry_of` gives what the index keeps of a profile, `terms_of` what a query asks of the index. Both
cut the same tokens: a row that matches a term has all tokens of one of the term's ways. The reverse
need not hold, so a match is always rechecked against the row's own text and readings.
"""

from portal.parties.search.entry import Entry, entry_of
from portal.parties.search.facets import (
    MARKED,
    PRICE_BANDS,
    SETTLED_BANDS,
    Facet,
    facet_token,
    goods_band,
    price_bands,
    score_band,
    size_band,
)
from portal.parties.search.folding import fold
from portal.parties.search.terms import CITY_SUFFIX, Term, cut_at_names, terms_of

__all__ = [
    "CITY_SUFFIX",
    "MARKED",
    "PRICE_BANDS",
    "SETTLED_BANDS",
    "Entry",
    "Facet",
    "Term",
    "cut_at_names",
    "entry_of",
    "facet_token",
    "fold",
    "goods_band",
    "price_bands",
    "score_band",
    "size_band",
    "terms_of",
]
