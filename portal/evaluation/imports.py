"""Files of facts: an operator's, of many parties at once."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.imports import Column, ImportKind, Row, Values, register_import
from portal.core.imports.parsers import day, one_of, text, whole
from portal.core.verdict import Flaw
from portal.evaluation import rules, services
from portal.evaluation.fields import MOST_SAMPLE, FactFields
from portal.evaluation.measures import MEASURES
from portal.evaluation.states import Door, Grade
from portal.parties.models import Party
from portal.parties.selectors.reference import reference

GRADES = {grade.name.lower(): int(grade) for grade in Grade}
REF_KIND = "import"


def number(cell: str) -> float:
    """A number in figures, with or without thousands separators."""
    try:
        found = float(cell.replace(",", "").replace("，", ""))
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise ValueError(_("Enter a number, such as 62.5."))
    return found


def service_types() -> dict[str, int]:
    return {row.code: pk for pk, row in reference().services.items()}


COLUMNS = [
    Column(
        "party_id",
        _("Party number"),
        required=True,
        parse=whole(1, 2**62),
        help=_("The number in the address of its page."),
    ),
    Column(
        "measure",
        _("Measure"),
        required=True,
        parse=one_of({name: name for name in MEASURES}, _("Measure")),
        help=_("Its code, such as satisfaction."),
    ),
    Column("value", _("Value"), required=True, parse=number),
    Column(
        "sample",
        _("Sample size"),
        parse=whole(1, MOST_SAMPLE),
        help=_("Of how many observations it is; 1 if left empty."),
    ),
    Column(
        "service",
        _("Service type"),
        parse=one_of(service_types, _("Service type")),
        help=_("Its code, such as live-room; empty for the whole party."),
    ),
    Column(
        "counterpart_id",
        _("Counterparty number"),
        parse=whole(1, 2**62),
        help=_("Whose evidence it is, where the measure is of one."),
    ),
    Column("starts_on", _("From"), required=True, parse=day, help=_("Such as 2026-05-01.")),
    Column("ends_on", _("To"), required=True, parse=day, help=_("Such as 2026-05-31.")),
    Column(
        "grade",
        _("Source grade"),
        required=True,
        parse=one_of(GRADES, _("Source grade")),
        help=_("platform, confirmed or self_reported."),
    ),
    Column(
        "ref",
        _("Row behind it"),
        required=True,
        parse=text(80),
        help=_("Names the row in your own books; the same row makes one fact."),
    ),
]
EXAMPLE = {
    "party_id": 1024,
    "measure": "satisfaction",
    "value": 4.7,
    "sample": 1,
    "service": "live-room",
    "counterpart_id": 2048,
    "starts_on": "2026-03-01",
    "ends_on": "2026-05-31",
    "grade": "confirmed",
    "ref": "survey-2026-05/118",
}


def check(actor: Actor, rows: Sequence[Row]) -> Iterator[tuple[int, Flaw]]:
    """What the service would refuse, each at its line."""
    facts = [(row.line, _fields(row.values)) for row in rows]
    ids = {one.party_id for _line, one in facts}
    ids |= {one.counterpart_id for _line, one in facts if one.counterpart_id is not None}
    kinds = dict(Party.objects.filter(pk__in=ids).values_list("pk", "kind"))
    said = {one.key: row for one, row in services.already_said([one for _line, one in facts])}
    for line, one in facts:
        for flaw in (*rules.flaws_of_fact(one), *services.flaws_of_parties(one, kinds)):
            yield line, Flaw(FIELDS.get(flaw.field, flaw.field), flaw.sentence)
        if one.key in said and services.is_said_otherwise(one, said[one.key]):
            sentence = _("This row was recorded before, and differently. Correct that fact.")
            yield line, Flaw("ref", sentence)


FIELDS = {
    "party": "party_id",
    "counterpart": "counterpart_id",
    "ref_id": "ref",
    "ref_kind": "ref",
}


def apply(actor: Actor, rows: Sequence[Values]) -> int:
    """What the demo world made up says so."""
    facts = [_fields(row) for row in rows]
    door = Door.DEMO if actor.via == Door.DEMO else Door.FILE
    return services.record_facts(actor, facts=facts, door=door)


def _fields(values: dict[str, Any]) -> FactFields:
    return FactFields(
        party_id=values["party_id"],
        measure=values["measure"],
        value=values["value"],
        sample=values["sample"] or 1,
        counterpart_id=values["counterpart_id"],
        service_id=values["service"],
        starts_on=values["starts_on"],
        ends_on=values["ends_on"],
        grade=values["grade"],
        ref_kind=REF_KIND,
        ref_id=values["ref"],
    )


FACTS = register_import(
    ImportKind(
        name="evaluation.facts",
        title=_("Facts of parties"),
        about=_(
            "What was observed of parties, a row an observation. Struck and corrected in sight."
        ),
        columns=COLUMNS,
        may=rules.can_feed_facts,
        check=check,
        apply=apply,
        key=("party_id", "measure", "ref"),
        examples=[EXAMPLE],
    )
)
