"""How a whole falls into parts, drawn: every part is there, spoken, and escaped."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.core.templatetags.shares import share_bars, share_ring


def test_bars_say_names_and_numbers():
    picture = str(share_bars([("<女>", 60.0), ("男", 40.0)], "性别"))
    assert 'aria-label="性别: &lt;女&gt; 60.0%, 男 40.0%"' in picture
    assert picture.count('class="p1"') == 2
    assert "<女>" not in picture
    assert "style=" not in picture


def test_nothing_known_is_no_picture():
    assert share_bars([], "性别") == share_ring([], "性别") == ""


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # of a busy machine
@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=6))
def test_ring_has_a_sector_for_each_part(shares):
    total = sum(shares)
    parts = [(str(place), 100 * share / total) for place, share in enumerate(shares)]
    picture = str(share_ring(parts, "x"))
    assert picture.count("<path") == len(parts)
    assert "nan" not in picture
