"""How products are found: by every piece of their names, pinyin and initials, as parties are."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import Q

from portal.parties.search import Entry, entry_of, terms_of

KIND = "product"  # tokens of their own


@lru_cache(maxsize=4_096)  # many shops sell things of the same name
def entry_of_product(name: str) -> Entry:
    return entry_of(KIND, name)


def matches(query: str) -> Q:
    """What a query asks of the index, rechecked against the name and its readings."""
    found = Q()
    for term in terms_of(KIND, query):
        ways = Q()
        for way in term.ways:
            ways |= Q(tokens__contains=sorted(way))
        said = Q(text__contains=term.text)
        if term.pattern:
            said |= Q(readings__regex=term.pattern)
        found &= ways & said
    return found
