"""Recording facts, one or half a million, and correcting one: rows are appended, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Refused, conflict, flawless
from portal.evaluation import rules, selectors
from portal.evaluation.fields import FactFields
from portal.evaluation.measures import MEASURES
from portal.evaluation.models import Fact
from portal.evaluation.states import Door
from portal.parties.models import Party, ServiceType

MOST_FLAWS = 20
AT_ONCE = 5_000
TRIES = 3
# What a repeat must say in the same words; which rule struck it, and the detail, may read
# otherwise when the thresholds or the words of a part have changed since.
SAID = ("value", "sample", "counterpart_id", "service_id", "starts_on", "ends_on", "grade")
KEY = ("measure", "ref_kind", "ref_id", "party_id")


@transaction.atomic
def record_fact(
    actor: Actor,
    *,
    party: Party,
    measure: str,
    value: float,
    sample: int = 1,
    counterpart: Party | None = None,
    service: ServiceType | None = None,
    starts_on: date,
    ends_on: date,
    grade: int,
    ref_kind: str,
    ref_id: object,
    detail: Mapping[str, Any] | None = None,
    strike: str = "",
    door: Door = Door.PORTAL,
) -> Fact:
    """The fact that stands for this row: a new one, or the one recorded before in the same words.
    In other words it is refused; that is `correct_fact`'s."""
    fields = FactFields(
        party_id=party.pk,
        measure=measure,
        value=value,
        sample=sample,
        counterpart_id=counterpart.pk if counterpart else None,
        service_id=service.pk if service else None,
        starts_on=starts_on,
        ends_on=ends_on,
        grade=grade,
        ref_kind=ref_kind,
        ref_id=str(ref_id),
        detail=detail or {},
        strike=strike,
    )
    record_facts(actor, facts=[fields], door=door)
    return Fact.objects.get(**dict(zip(KEY, fields.key, strict=True)), corrects=None)


@transaction.atomic
def record_facts(
    actor: Actor,
    *,
    facts: Sequence[FactFields],
    door: Door = Door.PORTAL,
    once: bool = False,
) -> int:
    """Append what is new, and return how many rows were. What was recorded before in the same
    words is not recorded again; a row recorded in other words refuses all of them. What a rule
    against gaming takes out is appended too, struck. `once`: what was recorded stands, in whatever
    words; for what is observed again and again."""
    rules.can_record_facts(actor, door).require()
    if once:
        said = {one.key for one, _row in already_said(facts)}
        facts = [one for one in facts if one.key not in said]
    flawless(islice(_flaws(facts), MOST_FLAWS)).require()
    kinds = _sides_are_known(facts)
    _stand_once(facts)
    written = _append(actor, _judged(facts, kinds), door)
    if written:
        parties = {row.party_id for row in written}
        after = {"rows": len(written), "parties": len(parties), "door": door.value}
        audit.record(actor, "record_facts", written[0], after=after)
    return len(written)


def already_said(facts: Sequence[FactFields]) -> Iterator[tuple[FactFields, Fact]]:
    """Each that stands already, with the row it stands in."""
    for start in range(0, len(facts), AT_ONCE):
        some = facts[start : start + AT_ONCE]
        rows = Fact.objects.filter(
            corrects=None,
            measure__in={one.measure for one in some},
            ref_kind__in={one.ref_kind for one in some},
            ref_id__in=[one.ref_id for one in some],
        )
        known = {tuple(getattr(row, name) for name in KEY): row for row in rows}
        for one in some:
            if row := known.get(one.key):
                yield one, row


def is_said_otherwise(fields: FactFields, row: Fact) -> bool:
    return any(getattr(fields, name) != getattr(row, name) for name in SAID)


# --- what is looked at before ---------------------------------------------------------------------


def _flaws(facts: Iterable[FactFields]) -> Iterator[Flaw]:
    """Each named by its row where there are several."""
    rows = list(facts)
    for row in rows:
        for flaw in rules.flaws_of_fact(row):
            name = "" if len(rows) == 1 else f"{row.measure} {row.ref_id}: "
            yield Flaw(flaw.field, f"{name}{flaw.sentence}" if name else flaw.sentence)


def _sides_are_known(facts: Sequence[FactFields]) -> Mapping[int, str]:
    """Parties and counterparties exist, and are of a kind the measure is of; the kinds."""
    ids = {row.party_id for row in facts}
    ids |= {row.counterpart_id for row in facts if row.counterpart_id is not None}
    kinds = dict(Party.objects.filter(pk__in=ids).values_list("pk", "kind"))
    services = {row.service_id for row in facts if row.service_id is not None}
    known = set(ServiceType.objects.filter(pk__in=services).values_list("pk", flat=True))
    flawless(islice(_flaws_of_sides(facts, kinds, known), MOST_FLAWS)).require()
    return kinds


def _flaws_of_sides(
    facts: Sequence[FactFields], kinds: Mapping[int, str], services: set[int]
) -> Iterator[Flaw]:
    for row in facts:
        yield from flaws_of_parties(row, kinds)
        if row.service_id is not None and row.service_id not in services:
            yield Flaw("service", _("Choose one from the list."))


def flaws_of_parties(row: FactFields, kinds: Mapping[int, str]) -> Iterator[Flaw]:
    """`kinds`: of the parties that exist, by their number."""
    if kinds.get(row.party_id) not in MEASURES[row.measure].kinds:
        sentence = _("No party that is measured by this has this number: %(id)s.")
        yield Flaw("party", sentence % {"id": row.party_id})
    if row.counterpart_id is not None and row.counterpart_id not in kinds:
        sentence = _("No party has this number: %(id)s.")
        yield Flaw("counterpart", sentence % {"id": row.counterpart_id})


def _stand_once(facts: Sequence[FactFields]) -> None:
    if len({row.key for row in facts}) < len(facts):
        raise Refused(flawless([Flaw("ref_id", _("The same row stands twice."))]))


def _judged(facts: Sequence[FactFields], kinds: Mapping[int, str]) -> list[FactFields]:
    """With what the rules against gaming take out."""
    pairs = {(row.party_id, row.counterpart_id) for row in facts if row.counterpart_id is not None}
    together = selectors.self_dealing(pairs)
    gaming = selectors.gaming_of({kinds[row.party_id] for row in facts})
    return [
        replace(
            row,
            strike=rules.strike_of(
                row,
                is_self_dealing=(row.party_id, row.counterpart_id) in together,
                gaming=gaming[kinds[row.party_id]],
            ),
        )
        for row in facts
    ]


# --- writing --------------------------------------------------------------------------------------


def _append(actor: Actor, facts: Sequence[FactFields], door: Door) -> list[Fact]:
    """Whoever records the same row at the same moment wins once; the other then finds it."""
    for attempt in range(TRIES):
        new = _unsaid(facts)
        rows = [_row(actor, fields, door) for fields in new]
        try:
            with transaction.atomic():
                bulk.number(rows)
                bulk.insert(rows)
            return rows
        except IntegrityError as error:
            if "fact_once_a_row" not in str(error) or attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _unsaid(facts: Sequence[FactFields]) -> list[FactFields]:
    said = set()
    for fields, row in already_said(facts):
        if is_said_otherwise(fields, row):
            sentence = _("%(row)s was recorded before, and differently. Correct that fact.")
            raise Refused(conflict(sentence % {"row": f"{fields.ref_kind} {fields.ref_id}"}))
        said.add(fields.key)
    return [fields for fields in facts if fields.key not in said]


def _row(actor: Actor, fields: FactFields, door: Door) -> Fact:
    return Fact(
        party_id=fields.party_id,
        measure=fields.measure,
        service_id=fields.service_id,
        counterpart_id=fields.counterpart_id,
        value=float(fields.value),
        sample=fields.sample,
        starts_on=fields.starts_on,
        ends_on=fields.ends_on,
        grade=int(fields.grade),
        door=door.value,
        ref_kind=fields.ref_kind,
        ref_id=fields.ref_id,
        strike=fields.strike,
        detail=dict(fields.detail),
        recorded_at=clock.now(),
        recorded_by_id=actor.user_id,
    )
