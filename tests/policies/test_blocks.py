"""Texts as blocks, and their differences."""

from hypothesis import given
from hypothesis import strategies as st

from portal.policies.blocks import blocks_of, differences

LINES = st.lists(st.text("ab一二。", min_size=1, max_size=8), max_size=6)


def test_headings_points_and_paragraphs():
    blocks = list(blocks_of("a\n\n## b\n- c\n- d\ne"))
    assert [(b.kind, b.text, b.items) for b in blocks] == [
        ("paragraph", "a", []),
        ("heading", "b", []),
        ("points", "", ["c", "d"]),
        ("paragraph", "e", []),
    ]


@given(LINES, LINES)
def test_differences_hold_both_texts_whole(old, new):
    old, new = [x for x in old if x.strip()], [x for x in new if x.strip()]
    lines = list(differences("\n".join(old), "\n".join(new)))

    def side(without):
        kept = ("".join(p.text for p in line.pieces if p.kind != without) for line in lines)
        return [text for text in kept if text]

    assert side("removed") == new
    assert side("added") == old
