"""Texts that operators write in Markdown, as pages show them: headings, lists, tables, links.

What is written is shown as text: no HTML passes, no picture, no address but a page of this site
or one by https. A text's headings stand below the page's own, so the first is an `h2`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

ADDRESSES = ("/", "#", "https://")
HIGHEST, LOWEST = 2, 4  # of a page's headings


def is_safe_link(url: str) -> bool:
    return url.startswith(ADDRESSES) and not url.startswith("//")


class Renderer(RendererHTML):
    """With the house's classes: a table scrolls in its own frame."""

    def heading_open(self, tokens: Sequence[Token], place: int, *_more: Any) -> str:
        return f"<{_lowered(tokens[place].tag)}>"

    def heading_close(self, tokens: Sequence[Token], place: int, *_more: Any) -> str:
        return f"</{_lowered(tokens[place].tag)}>\n"

    def table_open(self, *_more: Any) -> str:
        return '<div class="scroll" tabindex="0"><table class="tbl">\n'

    def table_close(self, *_more: Any) -> str:
        return "</table></div>\n"

    def th_open(self, *_more: Any) -> str:
        return '<th scope="col">'

    def td_open(self, *_more: Any) -> str:
        return "<td>"  # an alignment would be a style, which no page may have


def _lowered(tag: str) -> str:
    return f"h{min(max(int(tag[1]), HIGHEST), LOWEST)}"


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}, renderer_cls=Renderer)
    reader.enable("table").disable(["image", "html_block", "html_inline"])
    reader.validateLink = is_safe_link  # type: ignore[method-assign] # its own hook
    return reader


READER = _reader()


def rendered(text: str) -> SafeString:
    """HTML that may stand in a page."""
    return mark_safe(READER.render(text))  # noqa: S308 - the reader escapes all that was written


def plain(text: str) -> str:
    """The words alone, a line a block: what a search looks into and an excerpt is cut from."""
    inline = (token for token in READER.parse(text) if token.type == "inline")
    return "\n".join("".join(_words(token.children or [])) for token in inline)


def _words(tokens: Sequence[Token]) -> Sequence[str]:
    return [" " if token.type == "softbreak" else token.content for token in tokens]
