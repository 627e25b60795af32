"""What papers say beside their tree, in words: each part that keeps clauses tells how."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from portal.revenue.models import AgreementVersion

Words = Sequence[tuple[str, str]]  # label and value, as a paper prints them
_readers: dict[str, Callable[[AgreementVersion], Words]] = {}


def register_clauses(scope_kind: str, reader: Callable[[AgreementVersion], Words]) -> None:
    _readers[scope_kind] = reader


def clauses_of(version: AgreementVersion) -> Words:
    """Nothing of those that say it elsewhere."""
    reader = _readers.get(version.agreement.scope_kind)
    return reader(version) if reader else ()
