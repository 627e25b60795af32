"""How products are found: by every piece of their names, pinyin and initials, as parties are."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import Q

from portal.parties.search import Entry, entry_of
from portal.search import matching

KIND = "product"  # tokens of their own


@lru_cache(maxsize=4_096)  # many shops sell things of the same name
def entry_of_product(name: str) -> Entry:
    return entry_of(KIND, name)


def matches(query: str) -> Q:
    """What a query asks of the index, rechecked against the name and its readings."""
    return matching.matches(KIND, query)
