"""Made-up facts as a file, brought in by the door of files like an operator's."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import replace

from portal.core.imports import import_at_once
from portal.evaluation.fields import FactFields
from portal.evaluation.imports import FACTS
from portal.evaluation.states import Grade
from portal.parties.demo import DEMO, World

AT_ONCE = 5_000
HEADER = [column.name for column in FACTS.columns]


def bring_in(world: World, facts: Iterable[FactFields]) -> int:
    """How many were new."""
    codes = {service.pk: code for code, service in world.services.items()}
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(HEADER)
    rows.writerows(_cells(one, codes) for one in facts)
    source = io.BytesIO(text.getvalue().encode())
    return import_at_once(DEMO, kind=replace(FACTS, at_once=AT_ONCE), source=source)


def _cells(one: FactFields, codes: dict[int, str]) -> list[object]:
    said = {
        "party_id": one.party_id,
        "measure": one.measure,
        "value": one.value,
        "sample": one.sample,
        "service": "" if one.service_id is None else codes[one.service_id],
        "counterpart_id": one.counterpart_id or "",
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "grade": Grade(one.grade).name.lower(),
        "ref": one.ref_id,
    }
    return [said[name] for name in HEADER]
