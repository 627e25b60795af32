"""Ways to reach somebody, which nobody reads before both sides have agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from django.utils.translation import gettext_lazy as _

from portal.core.verdict import Flaw
from portal.moderation.states import WordCategory
from portal.moderation.words import find_words

MASK = "●"
PATTERNS = (
    re.compile(r"[\w.+-]+\s*@\s*[\w-]+(?:\s*\.\s*[\w-]+)+"),  # mail
    re.compile(r"(?<!\d)(?:\+?86[\s-]?)?1[3-9](?:[\s.-]?\d){9}(?!\d)"),  # mobile
    re.compile(r"(?<!\d)0\d{2,3}[\s-]?\d{7,8}(?!\d)"),  # landline with its area
    re.compile(r"(?<!\d)400(?:[\s-]?\d){7}(?!\d)"),
    re.compile(  # a handle behind the name of its service
        r"(?:微信|薇信|威信|v信)(?:号|id)?[\W_]{0,4}[a-z0-9][a-z0-9_-]{4,}", re.IGNORECASE
    ),
    re.compile(
        r"(?<![a-z])(?:wechat|weixin|wx|vx|qq)(?:号|id)?(?:[\W_]{1,4}|(?=\d))[a-z0-9][a-z0-9_-]{4,}",
        re.IGNORECASE,
    ),
)


def masked(text: str) -> str:
    """The text without numbers, mail addresses, handles, and the listed words that name them."""
    hidden = [False] * len(text)
    plain = "".join(map(_plain, text))
    for pattern in PATTERNS:
        for match in pattern.finditer(plain):
            _hide(hidden, *match.span())
    for hit in find_words(text):
        if hit.entry.category == WordCategory.CONTACT:
            _hide(hidden, hit.start, hit.end)
    return "".join(MASK if h else c for c, h in zip(text, hidden, strict=True))


def flaws_of_contacts(value: object, *names: str) -> Iterator[Flaw]:
    """Where the writer should take them out, rather than the site."""
    for name in names:
        text = getattr(value, name)
        if masked(text) != text:
            yield Flaw(name, _("Leave contacts out; they are shown once both sides have agreed."))


def _plain(character: str) -> str:
    """As it is read, character by character, so that places stay."""
    folded = normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def _hide(hidden: list[bool], start: int, end: int) -> None:
    hidden[start:end] = [True] * (end - start)
