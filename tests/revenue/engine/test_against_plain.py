"""The engine against a second, naive reckoning of the same text, on random input."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from portal.revenue.engine import parse_agreement, parse_month, post_events

from . import plain
from .chains import any_input, chains, documents, rows_of, to_events


def engine_rows(
    document: dict[str, Any], rows: list[dict[str, str]], until: str
) -> list[plain.Row]:
    posted = post_events(parse_agreement(document), to_events(rows))
    entries = posted.entries(parse_month(until))
    return [
        (*one[:2], str(one.event), str(one.phase or ""), *one[4:7], str(one.track))
        for one in entries
    ]


@any_input
@given(documents(), chains(), st.sampled_from(["", "2026-02", "2026-05", "2027-02"]))
def test_the_engine_reckons_like_the_plain_one(
    document: dict[str, Any], chain: list[dict[str, str]], until: str
) -> None:
    rows = rows_of(chain)

    ours, theirs = engine_rows(document, rows, until), plain.entries(document, rows, until)

    assert Counter(ours) == Counter(theirs)
    assert [row[:3] for row in ours if row[2] != "period"] == [
        row[:3] for row in theirs if row[2] != "period"
    ]
