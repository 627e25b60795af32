"""What the frame of every page calls its own, no page calls something else."""

from __future__ import annotations

import ast
from pathlib import Path

from django.test import RequestFactory

from portal.pages.context import navigation

ROOT = Path(__file__).parents[2]


def test_page_gives_no_name_of_the_frame_another_meaning() -> None:
    names = set(navigation(RequestFactory().get("/")))
    views = [
        p
        for room in ("portal", "matchmaking", "training")
        for p in (ROOT / room).rglob("*views*/*.py")
    ]
    views += [
        p for room in ("portal", "matchmaking", "training") for p in (ROOT / room).rglob("views.py")
    ]
    assert len(views) > 50
    assert {str(p): taken for p in views if (taken := names & keys_of(p))} == {}


def keys_of(path: Path) -> set[str]:
    """Every key of a dictionary that is written out in this file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = (key for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys)
    return {str(key.value) for key in found if isinstance(key, ast.Constant)}
