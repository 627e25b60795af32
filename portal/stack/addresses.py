"""Finds addresses of package registries in committed files: a lock must work with any mirror."""

import re
import subprocess
import sys

from portal.stack.paths import ROOT

# Spelled so that this file does not find itself.
REGISTRY = re.compile(
    r"(?:\bpypi|pythonhosted|registry\.npm|npmjs|npmmirror|jsdelivr|unpkg|//mirrors?\.)"
    r"[\w.-]*\.(?:org|com|cn|io|net|dev)\b"
)


def find_addresses(paths: list[str]) -> list[str]:
    """`path:line` of every line that names a registry's host."""
    return [
        f"{path}:{number}"
        for path in paths
        for number, line in enumerate(_lines(path), start=1)
        if REGISTRY.search(line)
    ]


def _lines(path: str) -> list[str]:
    file = ROOT / path
    return file.read_text(errors="replace").splitlines() if file.is_file() else []


def committed_files() -> list[str]:
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [path for path in listed.stdout.split("\0") if path]


if __name__ == "__main__":
    found = find_addresses(committed_files())
    if found:
        sys.exit("These lines name a package registry's host:\n  " + "\n  ".join(found))
