"""Operators' Markdown as pages show it: what it may say, and what never gets through."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.prose import plain, rendered

ALLOWED = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "code", "pre", "a", "blockquote"),
    *("hr", "br", "div", "table", "thead", "tbody", "tr", "th", "td"),
}


def test_headings_lists_tables_and_links():
    html = rendered("# 一\n\n- **要点** [方法](/method/)\n\n| 列 |\n|:-:|\n| 值 |\n")

    assert "<h2>一</h2>" in html  # below the page's own heading
    assert '<li><strong>要点</strong> <a href="/method/">方法</a></li>' in html
    assert '<th scope="col">列</th>' in html
    assert "style=" not in html


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://plain.example", "vbs:x"],
)
def test_other_addresses_stay_words(address):
    assert "<a" not in rendered(f"[x]({address})") + rendered(f"<{address}>")


def test_html_and_pictures_are_words():
    html = rendered('<script>x</script> ![a](https://x.example/a.png) <b onclick="x">b</b>')

    assert "<script" not in html
    assert "<img" not in html
    assert "<b " not in html


@given(st.text(max_size=300))
def test_nothing_else_gets_through(text):
    html = rendered(text)
    tags = re.findall(r"<\s*/?\s*([a-zA-Z][a-zA-Z0-9]*)([^>]*)>", html)

    assert {name for name, _rest in tags} <= ALLOWED
    for _name, rest in tags:
        attributes = set(re.findall(r"([a-z-]+)=", re.sub(r'"[^"]*"', "", rest)))
        assert attributes <= {"href", "title", "scope", "class", "tabindex", "start"}


def test_plain_words_for_a_search():
    assert plain("## 冷启动\n\n先**铺货**，\n再开播。") == "冷启动\n先铺货， 再开播。"
