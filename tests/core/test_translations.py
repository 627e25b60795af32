"""Every string of the site is Chinese and English, and nothing is written past the catalogue."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.template.base import Lexer, TokenType

from portal.core.messages import ROOMS, po_file, source_catalog

BASE = Path(settings.BASE_DIR)
HAN = re.compile(r"[\u3400-\u9fff]+")
WORD = re.compile(r"[A-Za-z]{2,}")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w+\}|</?\w+[^>]*>")
TRANSLATED = {"blocktranslate": "endblocktranslate", "comment": "endcomment"}
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "data-l", "placeholder", "title"}
SPOKEN_ARGUMENT = re.compile(r'\b(?:facts|label|note|reason|text|title|verb)="([^"]*)"')

SAME_IN_BOTH = {
    *(
        "API",
        "Apache",
        "Authorization",
        "Bearer",
        "CSV",
        "Cookie",
        "GMV",
        "IP",
        "JavaScript",
        "MCN",
    ),
    *("GPM", "HTTP", "SHA", "Trilink", "XLSX", "ms"),
}
NO_WORDS = re.compile(
    r'@[\w.]+|[\w-]+="[^"]*"|X-[\w-]+|\.(?:json|csv)\b'
)  # hosts of mail, attributes in a block of their own, headers, endings of files
SAMPLE_WORLD = re.compile("云帆电商|顾雨|[陈云谷星顾]")  # names in the pictures of the style guide
LANGUAGE_SWITCH = {"简体中文", "English"}
PUBLIC_PAGES = ["/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]


# --- the catalogue -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with po_file().open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def strings(catalog: Catalog) -> dict[tuple[str, str], Message]:
    return {(m.context or "", first(m.id)): m for m in catalog if m.id}


def first(text: object) -> str:
    return str(text[0] if isinstance(text, (list, tuple)) else text or "")


def test_every_source_string_is_in_the_catalogue_and_nothing_else(catalogue):
    wanted, known = set(strings(source_catalog())), set(strings(catalogue))
    assert {"missing": wanted - known, "gone": known - wanted} == {"missing": set(), "gone": set()}


def test_every_string_has_a_chinese_translation(catalogue):
    found = strings(catalogue)
    spoken = {
        key: message
        for key, message in found.items()
        if any(map(str.isalpha, PLACEHOLDER.sub("", key[1])))
    }
    assert [key for key, message in spoken.items() if not HAN.search(first(message.string))] == []
    assert [key for key, message in found.items() if not first(message.string)] == []
    assert [key for key, message in found.items() if message.fuzzy] == []


def test_placeholders_and_markup_are_those_of_the_source(catalogue):
    def marks(text: object) -> Counter[str]:
        return Counter(PLACEHOLDER.findall(text[-1] if isinstance(text, (list, tuple)) else text))

    found = strings(catalogue)
    assert [key for key, one in found.items() if marks(one.id) != marks(one.string)] == []


def test_translations_keep_one_tone(catalogue):
    """Plain 你, full-width punctuation, nothing shouted."""
    loose = re.compile(r"[!！您]|[\u3400-\u9fff][,;:?]|[\u3400-\u9fff]\.(?!\d)")
    found = strings(catalogue)
    assert [key for key, message in found.items() if loose.search(first(message.string))] == []


# --- templates and code --------------------------------------------------------------------------


def templates() -> Iterator[Path]:
    for suffix in ("*.html", "*.txt"):
        yield from (BASE / "templates").rglob(suffix)


def untranslated(path: Path) -> tuple[str, list[str]]:
    """The text of a template and its tags, both without what is translated or a comment."""
    text, tags, closing = [], [], ""
    for token in Lexer(path.read_text(encoding="utf-8")).tokenize():
        name = token.contents.split(maxsplit=1)[0] if token.token_type == TokenType.BLOCK else ""
        if closing:
            closing = "" if name == closing else closing
        elif name in TRANSLATED:
            closing = TRANSLATED[name]
        elif token.token_type == TokenType.TEXT:
            text.append(token.contents)
        elif name and name != "translate":
            tags.append(token.contents)
    return "".join(text), tags


class Words(HTMLParser):
    """What a page says: its text nodes, and the attributes that are read out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = tag in {"script", "style", "code"}  # a command is typed as it stands
        self.said += [value or "" for name, value in attrs if name in SPOKEN_ATTRIBUTES]

    def handle_endtag(self, tag: str) -> None:
        self.silent = False

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)


def bare_words(path: Path) -> set[str]:
    text, tags = untranslated(path)
    said = [*Words(text).said, *SPOKEN_ARGUMENT.findall("\n".join(tags))]
    return set(WORD.findall(NO_WORDS.sub("", "\n".join(said)))) - SAME_IN_BOTH


def bare_han(path: Path) -> set[str]:
    text, tags = untranslated(path)
    written = "\n".join([text, *tags])
    return set(HAN.findall(SAMPLE_WORLD.sub("", written) if path.stem == "styleguide" else written))


def test_templates_hold_no_word_outside_a_translation_tag():
    found = {path.relative_to(BASE).as_posix(): bare_words(path) for path in templates()}
    assert {name: words for name, words in found.items() if words} == {}


def test_templates_hold_no_chinese_outside_a_translation_tag():
    found = {path.relative_to(BASE).as_posix(): bare_han(path) for path in templates()}
    assert {name: words for name, words in found.items() if words} == {}


def test_a_word_outside_a_translation_tag_is_found(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(
        '<p title="Bare">{% translate "Tagged" %} Plain {{ name }}</p>{# Comment #}'
        '{% blocktranslate %}Tagged{% endblocktranslate %}{% include "a.html" with text="Given" %}'
        "{% comment %}Comment{% endcomment %}<script>code()</script>漏",
        encoding="utf-8",
    )
    assert bare_words(path) == {"Bare", "Plain", "Given"}
    assert bare_han(path) == {"漏"}


def han_literals(path: Path) -> list[str]:
    """Where code holds Chinese text; a docstring is read by nobody on the site."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    silent = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    return [
        f"{path.name}:{node.lineno}"
        for node in nodes
        if isinstance(node, ast.Constant) and id(node) not in silent and HAN.search(str(node.value))
    ]


def test_code_holds_no_chinese_but_in_demo_and_samples():
    """Sources are English; Chinese names stand in reference data and in the invented worlds."""
    paths = [path for room in ROOMS for path in (BASE / room).rglob("*.py")]
    invented = {
        "demo",
        "demo.py",
        "demo_bills.py",
        "demo_announcements.py",
        "examples.py",  # of the schema
        "styleguide.py",
        "webhook_events.py",
    }
    # Readings and synonyms; what people write in the cells of a table, and the rows of its example;
    # where a row of reference data was announced; how people write contacts into a text; what parts
    # of a paper are called.
    language = {
        "fees.py",
        "imports",
        "imports.py",
        "bank_imports.py",
        "search",
        "reference.py",
        "contacts.py",
    }
    found = [
        one
        for path in paths
        if not (invented | language) & set(path.relative_to(BASE).parts)
        for one in han_literals(path)
    ]
    assert found == []


def test_chinese_text_in_code_is_found(tmp_path):
    path = tmp_path / "module.py"
    path.write_text('"""说明"""\n\nname = "漏"  # 注释\nother = f"{name}漏"\n', encoding="utf-8")
    assert han_literals(path) == ["module.py:3", "module.py:4"]


# --- pages ---------------------------------------------------------------------------------------


def words_of(html: str) -> str:
    return "\n".join(one for one in Words(html).said if one.strip() not in LANGUAGE_SWITCH)


@pytest.mark.parametrize("path", PUBLIC_PAGES)
@pytest.mark.django_db
def test_a_page_in_english_is_wholly_english(visitor, path):
    visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert set(HAN.findall(words_of(visitor.get(path).content.decode()))) == set()


@pytest.mark.parametrize("path", PUBLIC_PAGES)
@pytest.mark.django_db
def test_a_page_in_chinese_is_wholly_chinese(visitor, path):
    said = words_of(visitor.get(path).content.decode())
    assert set(WORD.findall(said)) - SAME_IN_BOTH == set()


@pytest.mark.parametrize("path", PUBLIC_PAGES[1:])
@pytest.mark.django_db
def test_what_is_wrong_with_an_account_form_is_said_in_chinese(visitor, path):
    html = visitor.post(path, {"login": "x", "email": "x", "password": "x"}).content.decode()
    assert 'role="alert"' in html
    assert set(WORD.findall(words_of(html))) - SAME_IN_BOTH == set()
