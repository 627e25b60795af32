"""Papers: the same data make the same bytes, and what people wrote is never run."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from portal.core.documents import FontsMissing, digest_of, render_pdf
from portal.stack.frontend import PAPER_FONTS

DATA = {
    "lang": "zh",
    "title": "方案对比",
    "need": "食品自播间代运营 #panic() $x$ *a*",
    "number": "XQ-2026-00001",
    "made": "今天",
    "foot": "XQ",
    "facts": [["目标", "¥3,600,000"], ["开始", "12-01"]],
    "labels": {"opinion_head": [], "side": "并排", "parts": "", "opinions": "", "plans": ""},
    "groups": [],
    "opinions": [],
    "plans": [],
}


def pages_of(made: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]


def test_paper_says_its_data_and_their_digest_in_the_foot():
    made = render_pdf("needs/comparison.typ", DATA)
    [text] = pages_of(made)
    assert "食品自播间代运营 #panic() $x$ *a*" in text
    assert "¥3,600,000" in text
    assert digest_of(DATA) in text
    assert "1 / 1" in text


def test_same_data_same_bytes_and_other_data_another_digest():
    once, again = (render_pdf("needs/comparison.typ", DATA) for _number in range(2))
    assert once == again
    assert digest_of(DATA) == digest_of(dict(reversed(DATA.items())))
    assert digest_of(DATA) != digest_of(DATA | {"made": "昨天"})


def test_fonts_come_with_the_site(settings, tmp_path):
    fonts = PdfReader(io.BytesIO(render_pdf("needs/comparison.typ", DATA))).pages[0]["/Resources"]
    names = [str(font.get_object()["/BaseFont"]) for font in fonts["/Font"].values()]
    assert names
    assert all("NotoSansSC" in name for name in names), names
    settings.FONTS_DIR = tmp_path
    with pytest.raises(FontsMissing, match="make setup"):
        render_pdf("needs/comparison.typ", DATA)


def test_set_of_fonts_is_small():
    _folder, patterns = PAPER_FONTS
    assert patterns == ("400Regular/*.ttf", "700Bold/*.ttf", "LICENSE_FONT")
