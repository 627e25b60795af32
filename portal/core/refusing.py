"""What the database refuses, as the sentence of a rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from portal.core.verdict import Refused, Verdict


@contextmanager
def refusing(verdicts: Mapping[str, Verdict]) -> Iterator[None]:
    """In a savepoint; `verdicts`: by the name of the constraint that was broken."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        said = next((said for name, said in verdicts.items() if name in str(error)), None)
        if said is None:
            raise
        raise Refused(said) from error
