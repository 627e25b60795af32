"""Who may record facts, who may correct them, and what a fact can be."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, forbidden
from portal.evaluation.fields import LONGEST_DETAIL, MOST_SAMPLE, FactFields
from portal.evaluation.measures import BOTH, MEASURES, Measure
from portal.evaluation.models import Fact
from portal.evaluation.states import COUNTED, Door, Grade, Strike

OLDEST = timedelta(days=5 * 366)
LONGEST = {"measure": 40, "ref_kind": 40, "ref_id": 80}
LONGEST_WHY = 300
BY_THE_SITE = frozenset({Door.PORTAL, Door.DEMO})


def can_feed_facts(actor: Actor) -> Verdict:
    if actor.has_perm("evaluation.feed_fact"):
        return ALLOWED
    return forbidden(_("Only operators bring in facts of others."))


def can_list_facts(actor: Actor) -> Verdict:
    """A party's own, those who are measured; operators' all."""
    if actor.party is None:
        if actor.has_perm("evaluation.view_fact"):
            return ALLOWED
        return forbidden(_("Only operators see facts of others."))
    if actor.party.kind not in BOTH:
        return forbidden(_("Only providers and agencies are measured."))
    return ALLOWED


def can_record_facts(actor: Actor, door: Door) -> Verdict:
    """Parts of the site record as the system; a file and the API have a person behind them."""
    if door in BY_THE_SITE and actor.role != SYSTEM:
        return forbidden(_("Only the site itself records facts by this door."))
    return can_feed_facts(actor)


def can_correct_fact(actor: Actor, fact: Fact) -> Verdict:
    if not (verdict := can_feed_facts(actor)):
        return verdict
    if fact.is_void or Fact.objects.filter(corrects=fact).exists():
        return conflict(_("A later row stands in for this one; correct that one."))
    return ALLOWED


def can_confirm_fact(actor: Actor, fact: Fact) -> Verdict:
    if not (verdict := can_correct_fact(actor, fact)):
        return verdict
    if fact.grade in COUNTED:
        return conflict(_("This fact counts already; it is not the party's own word alone."))
    return ALLOWED


def flaws_of_fact(fields: FactFields) -> Iterator[Flaw]:
    """Everything wrong with one row, without asking the database."""
    measure = MEASURES.get(fields.measure)
    if measure is None:
        yield Flaw("measure", _("There is no such measure."))
    else:
        yield from _flaws_of_value(measure, fields.value)
        yield from _flaws_of_sides(measure, fields)
    if not 1 <= fields.sample <= MOST_SAMPLE:
        said = {"low": 1, "high": f"{MOST_SAMPLE:,}"}
        yield Flaw("sample", _("Enter a number from %(low)s to %(high)s.") % said)
    yield from _flaws_of_period(fields)
    if fields.grade not in Grade.values:
        yield Flaw("grade", _("Choose one from the list."))
    if fields.strike and fields.strike not in Strike.values:
        yield Flaw("strike", _("Choose one from the list."))
    yield from _flaws_of_ref(fields)
    if len(json.dumps(fields.detail, cls=DjangoJSONEncoder)) > LONGEST_DETAIL:
        yield Flaw("detail", _("This is too much; keep it in the row behind the fact."))


def flaws_of_correction(fact: Fact, value: float | None, why: str) -> Iterator[Flaw]:
    """`value` is none where the fact is taken back."""
    measure = MEASURES.get(fact.measure)
    if value is not None and measure is not None:
        yield from _flaws_of_value(measure, value)
        if value == fact.value:
            yield Flaw("value", _("This is the value it has."))
    if not why.strip():
        yield Flaw("why", _("Say why; it is written down."))
    elif len(why.strip()) > LONGEST_WHY:
        yield Flaw("why", _("At most 300 characters."))


def _flaws_of_value(measure: Measure, value: float) -> Iterator[Flaw]:
    if not math.isfinite(value) or not measure.low <= value <= measure.high:
        said = {"low": f"{measure.low:,g}", "high": f"{measure.high:,g}"}
        yield Flaw("value", _("Enter a number from %(low)s to %(high)s.") % said)


def _flaws_of_sides(measure: Measure, fields: FactFields) -> Iterator[Flaw]:
    if fields.counterpart_id == fields.party_id:
        yield Flaw("counterpart", _("A party is not its own counterparty."))
    if measure.of_counterpart and fields.counterpart_id is None:
        yield Flaw("counterpart", _("Say whose evidence this is."))
    if not measure.by_service and fields.service_id is not None:
        yield Flaw("service", _("This measure is of the whole party, of no service type."))


def _flaws_of_period(fields: FactFields) -> Iterator[Flaw]:
    today = clock.today()
    if fields.ends_on < fields.starts_on:
        yield Flaw("ends_on", _("Not before it begins."))
    if fields.ends_on > today:
        yield Flaw("ends_on", _("This day has not come yet."))
    if fields.ends_on < today - OLDEST:
        yield Flaw("ends_on", _("Not older than five years."))


def _flaws_of_ref(fields: FactFields) -> Iterator[Flaw]:
    for name in ("ref_kind", "ref_id"):
        text = getattr(fields, name)
        if not text.strip():
            yield Flaw(name, _("Name the row behind it."))
        elif len(text) > LONGEST[name] or not text.isprintable():
            sentence = _("At most %(most)s characters on one line.")
            yield Flaw(name, sentence % {"most": LONGEST[name]})
