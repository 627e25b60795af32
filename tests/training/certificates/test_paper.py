"""The sheet and the picture of a certificate hold the longest names and titles there can be."""

from __future__ import annotations

from itertools import combinations

import pypdfium2
import pytest

from portal.core.documents import render_pdf
from tests.training.certificates.making import certified
from training.certificates.selectors import paper_of, poster_of

pytestmark = pytest.mark.django_db
MILLIMETRE = 72 / 25.4
LONG_ZH = (
    "直播间运营全流程与合规口径、选品排期、投流复盘、售后归因、分账对账综合能力"
    "提升高级研修课程（第二期·华东区）二零二六年秋"
)
LONG_EN = (
    "Advanced course on live room operations, compliant wording, product choice, schedules, paid "
    "traffic and after-sales causes"
)
NAMES = (
    ("陆云帆", "云帆电商", "提升计划", "Improvement plans"),
    ("Wolfeschlegelsteinhausenbergerdorff Hube", "杭州云帆" * 10, LONG_ZH, LONG_EN),
    ("M" * 40, "W" * 40, "W" * 60, "W" * 120),
)


def letters(template: str, data: dict) -> tuple[str, list[tuple[float, ...]], tuple[float, float]]:
    """What stands on the one page, the box of each letter, and the size of the page."""
    document = pypdfium2.PdfDocument(render_pdf(template, data))
    assert len(document) == 1
    page = document[0]
    found = page.get_textpage()
    text = found.get_text_range()
    boxes = {found.get_charbox(place) for place in range(found.count_chars())}  # of a ligature once
    seen = [box for box in boxes if box[2] - box[0] > 0.5 and box[3] - box[1] > 0.5]
    return text, seen, page.get_size()


def lie_upon(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return wide > 0 and high > 0 and wide * high > 0.3 * min(areas)


def joined(text: str) -> str:
    """However its lines are broken."""
    return "".join(sign for sign in text if not sign.isspace() and sign != "\u200b")


@pytest.mark.parametrize("names", NAMES, ids=("short", "long", "wide"))
def test_no_letter_leaves_the_sheet_or_lies_upon_another(provider, names):
    made = certified(provider)
    holder, party, title_zh, title_en = names
    paper = paper_of(made)
    for language, title in (("zh", title_zh), ("en", title_en)):
        paper[language] |= {"holder": holder, "of": party, "course": title}
    poster = poster_of(made) | {"holder": holder, "of": party, "course": title_en}
    for template, data, margin in (
        ("certificates/paper.typ", paper, 20 * MILLIMETRE),
        ("certificates/poster.typ", poster, 18),
    ):
        text, boxes, (width, height) = letters(template, data)
        assert joined(holder) in joined(text)
        assert joined(title_en) in joined(text)
        for left, bottom, right, top in boxes:
            assert margin <= left <= right <= width - margin
            assert 10 <= bottom <= top <= height - 10
        assert not [pair for pair in combinations(boxes, 2) if lie_upon(*pair)]
