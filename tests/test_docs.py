"""The documents are held to the code: links, pictures, commands, logins, variables."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.urls import resolve

from portal.stack.addresses import find_addresses
from portal.stack.paths import ROOT
from portal.stack.site import DEMO_USERS

READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
DOCUMENTS = (
    *READMES,
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
)
SETTINGS = sorted((ROOT / "portal" / "settings").glob("*.py"))
OPERATIONS = ROOT / "docs" / "operations.md"
GUIDES = sorted(path for path in (ROOT / "docs/guide").glob("*.md") if "zh-CN" not in path.name)
LINK = re.compile(r"""\]\(([^)\s]+)\)|<img src="([^"]+)\"""")
CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^make ([a-z][a-z-]*)")

# Promises and leftovers; what is missing is listed as missing, not announced.
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|TBD|lorem|coming soon|stay tuned)\b|即将上线|敬请期待")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def links_of(path: Path) -> Iterator[str]:
    """The links and pictures of a document that lead to files of the project."""
    for match in LINK.finditer(CODE_BLOCK.sub("", text_of(path))):
        link = match[1] or match[2]
        if not re.match(r"[a-z]+:", link):
            yield link


def anchors_of(path: Path) -> set[str]:
    """What headings are called in links."""
    headings = re.findall(r"^#+ (.+)$", CODE_BLOCK.sub("", text_of(path)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def pictures_of(path: Path) -> set[Path]:
    found = {(path.parent / link).resolve() for link in links_of(path)}
    return {picture for picture in found if picture.suffix == ".png"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(document):
    broken = []
    for link in links_of(document):
        file, _, anchor = unquote(link).partition("#")
        target = (document.parent / file).resolve() if file else document
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            broken.append(link)
    assert broken == []


def test_committed_pictures_are_those_shown():
    shown = {path for document in DOCUMENTS for path in pictures_of(document)}
    lines = text_of(ROOT / "docs/pictures/.gitignore").splitlines()
    kept = {ROOT / "docs/pictures" / line[2:] for line in lines if line.endswith(".png")}

    assert shown == kept
    assert all(path.is_file() for path in kept)
    assert sum(path.stat().st_size for path in kept) < 2_500_000


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_commands_are_targets_of_the_makefile(document):
    targets = set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    code = re.findall(r"`([^`\n]+)`|^\$ (.+)$", text_of(document), re.MULTILINE)
    named = {name for pair in code for text in pair for name in COMMAND.findall(text)}

    assert named <= targets


def test_readmes_say_the_same():
    english, chinese = (text_of(path) for path in READMES)

    def facts(text: str) -> list[set[str]]:
        patterns = (r"`make [^`]+`|^\$ make \w+", r"\w+@demo[\w.]+", r"docs/pictures/[\w/.-]+")
        return [set(re.findall(pattern, text, re.MULTILINE)) for pattern in patterns]

    assert facts(english) == facts(chinese)
    assert english.count("\n## ") == chinese.count("\n## ")
    assert english.count("\n- **") == chinese.count("\n- **")


@pytest.mark.parametrize("readme", READMES, ids=name_of)
def test_logins_are_those_of_the_demo(readme, settings):
    text = text_of(readme)

    logins = set(re.findall(r"`([\w.]+)@([\w.]+)`", text))
    assert logins == {(user, settings.DEMO_DOMAIN) for user in DEMO_USERS}
    assert f"`{settings.DEMO_PASSWORD}`" in text


@pytest.mark.parametrize("guide", GUIDES, ids=name_of)
def test_guide_has_both_languages_with_the_same_pictures(guide):
    chinese = guide.with_suffix(".zh-CN.md")

    assert pictures_of(guide) == pictures_of(chinese)
    assert text_of(guide).count("\n## ") == text_of(chinese).count("\n## ")
    assert figures(guide) == figures(chinese)


def figures(path: Path) -> set[str]:
    """Amounts and points, in bold or after ¥."""
    return set(re.findall(r"¥\d[\d,]*\d|\*\*[\d.]+\*\*", text_of(path)))


# --- the environment ------------------------------------------------------------------------------


def variables_of_settings() -> set[str]:
    text = "".join(text_of(path) for path in SETTINGS)
    return set(re.findall(r"""(?:env\.\w+|required)\(\s*["']([A-Z_]+)["']""", text))


def variables_of_the_stack() -> set[str]:
    texts = [text_of(path) for path in sorted((ROOT / "portal/stack").glob("*.py"))]
    return {name for text in texts for name in re.findall(r'environ\.get\("([A-Z_]+)"', text)}


def documented_variables() -> set[str]:
    return set(re.findall(r"`([A-Z][A-Z_]+)`", text_of(OPERATIONS)))


def test_every_variable_of_settings_and_stack_is_in_the_table():
    rows = [line for line in text_of(OPERATIONS).splitlines() if line.startswith("| `")]
    tabled = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])}

    assert len(variables_of_settings()) > 15
    assert variables_of_settings() | variables_of_the_stack() <= tabled


def test_documented_variables_are_read_somewhere():
    readers = ("compose.yaml", "Makefile", "tests/browser/conftest.py")
    files = [*SETTINGS, *(ROOT / "portal/stack").glob("*.py")]
    files += [ROOT / name for name in (*readers, ".ci/run")]
    read = {name for file in files for name in re.findall(r"[A-Z][A-Z_]+", text_of(file))}

    assert documented_variables() <= read


def test_variables_of_the_container_example_are_documented():
    example = text_of(ROOT / "deploy/env.example")

    assert set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) <= documented_variables()


# --- what they may not say ------------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_nothing_is_announced_or_left_over(document):
    assert UNFINISHED.findall(text_of(document)) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_no_address_of_a_registry_or_of_this_machine(document):
    assert find_addresses([name_of(document)]) == []
    assert f"{ROOT}/" not in text_of(document)


def test_addresses_of_the_api_exist():
    text = text_of(ROOT / "docs/api.md")
    plain = set(re.findall(r"`(/(?:api/v1|docs)/(?:\w+/)*)`", text))
    called = set(re.findall(r"^\$ api \w+ \w+ (/[\w/]+)", text, re.MULTILINE))

    assert plain
    assert called
    for path in plain | {f"/api/v1{path}" for path in called}:
        resolve(path)  # Resolver404 names the path


def test_licence_is_apache():
    assert "Version 2.0, January 2004" in text_of(ROOT / "LICENSE")
    assert 'license = "Apache-2.0"' in text_of(ROOT / "pyproject.toml")


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/adr").glob("[0-9]*.md"))

    assert numbers == list(range(1, len(numbers) + 1))


def test_pictures_that_are_not_kept_are_ignored():
    ignored = subprocess.run(
        ["git", "-c", "safe.directory=*", "check-ignore", "docs/pictures/wide/visitor-login.png"],
        cwd=ROOT,
        check=False,
        capture_output=True,
    )

    assert ignored.returncode == 0
