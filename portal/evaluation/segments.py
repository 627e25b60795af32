"""Whom a party is compared with: service type × size band, the service type, or everybody.

A segment is a path, `live-room/M`; what stands before the last slash is its parent, and `all` is
the parent of every service type. Where fewer than `LEAST` of a segment are rated, its parties are
compared in the parent, with everybody of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext as _

from portal.parties.selectors.reference import reference

LEAST = 8  # rated parties; also for medians and percentiles to be shown
EVERYBODY = "all"


def own_segment(service: str, band: str) -> str:
    """`service` is empty for parties that are rated as a whole, `band` where no size is known."""
    return "/".join([service or EVERYBODY, *([band] if band else [])])


def band_of(segment: str) -> str:
    """The size band of somebody's own segment, empty where none is known."""
    return segment.partition("/")[2]


def lineage(segment: str) -> Iterator[str]:
    """The segment, its parent, and so on up to everybody."""
    while True:
        yield segment
        if segment == EVERYBODY:
            return
        segment = segment.rpartition("/")[0] or EVERYBODY


def is_within(own: str, segment: str) -> bool:
    return segment in lineage(own)


def compared_in(own: Mapping[str, str], rated: Collection[str]) -> dict[str, str]:
    """Key → the segment it is compared in. `own`: of every key; `rated`: the keys with a score."""
    counts = Counter(segment for key in rated for segment in lineage(own[key]))
    return {key: _large_enough(segment, counts) for key, segment in own.items()}


def _large_enough(segment: str, counts: Mapping[str, int]) -> str:
    return next(
        (one for one in lineage(segment) if counts.get(one, 0) >= LEAST),
        EVERYBODY,
    )


def segment_name(segment: str) -> str:
    """As people read it: Live-room management · M."""
    service, _slash, band = segment.partition("/")
    names = {row.code: row.name for row in reference().services.values()}
    name = _("everybody") if service == EVERYBODY else names.get(service, service)
    return f"{name} · {band}" if band else name
