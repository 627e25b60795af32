"""A method as the words it is made of: what is kept, its digest, and the two that come with us."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

PROVIDER, AGENCY = "provider", "agency"
CODES = (PROVIDER, AGENCY)  # a method rates all parties of the kind it is called after
LONGEST_CHANGE = 2000


@dataclass(frozen=True, slots=True)
class MethodFields:
    """`document` is the file of `manage.py evaluate`, `gathering` says how facts become its
    indicators; the other two say in words what changes."""

    document: Mapping[str, Any]
    gathering: Mapping[str, Any]
    change_zh: str = ""
    change_en: str = field(default="")


def digest_of(document: Mapping[str, Any], gathering: Mapping[str, Any]) -> str:
    """SHA-256 of both, written the same way whatever the order of their keys."""
    both = {"document": document, "gathering": gathering}
    text = json.dumps(both, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def complete_method(code: str) -> MethodFields:
    """The documents that come with the program: every indicator it has a place for."""
    folder = resources.files("portal.evaluation").joinpath("methods")
    document, gathering = (
        json.loads(folder.joinpath(name).read_text("utf-8"))
        for name in (f"{code}.json", f"{code}.gathering.json")
    )
    return MethodFields(document, gathering)
