"""Who may write and announce methods, and what a method of this site can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden, unmet
from portal.evaluation.coverage import unmade_of
from portal.evaluation.documents import CODES, LONGEST_CHANGE, MethodFields
from portal.evaluation.engine import Fault, MethodFaults, parse_method
from portal.evaluation.gathering import GatheringFaults, parse_gathering
from portal.evaluation.models import NOTICE, Method, Snapshot
from portal.evaluation.states import MethodStatus

LONGEST_WHY = 300
LONGEST_PART = 20  # of a code and a version
LEAST, MOST = 0, 100  # of the scale: what directories and radars show


def can_write_methods(actor: Actor) -> Verdict:
    if actor.has_perm("evaluation.publish_method"):
        return ALLOWED
    return forbidden(_("Only operators of the evaluation write methods."))


def can_edit_method(actor: Actor, method: Method) -> Verdict:
    if not (verdict := can_write_methods(actor)):
        return verdict
    if method.status == MethodStatus.DRAFT:
        return ALLOWED
    return conflict(_("What was announced stays as it is. Draft the next version."))


def can_announce_method(actor: Actor, method: Method) -> Verdict:
    if not (verdict := can_write_methods(actor)):
        return verdict
    if method.status != MethodStatus.DRAFT:
        return conflict(_("Only a draft can be announced."))
    if Method.objects.filter(code=method.code, status=MethodStatus.ANNOUNCED).exists():
        return conflict(_("Another version is announced already."))
    return ALLOWED


def can_withdraw_method(actor: Actor, method: Method) -> Verdict:
    if not (verdict := can_write_methods(actor)):
        return verdict
    if method.status in {MethodStatus.DRAFT, MethodStatus.ANNOUNCED}:
        return ALLOWED
    return conflict(_("A method that was in force cannot be taken back; announce the next one."))


def is_observed(method: Method) -> Verdict:
    """What no part of the site makes stays out of the weights: a few files would rate everybody."""
    unmade = set(unmade_of(parse_gathering(method.gathering)))
    sentence = _(
        "No part of this site makes the facts of %(code)s yet. Leave it out until one does."
    )
    return flawless(
        Flaw(place, sentence % {"code": one["code"]})
        for place, one in _named(method.document)
        if one["code"] in unmade and "indicators" not in one
    )


def may_begin(method: Method, comes_into_force_at: datetime) -> Verdict:
    """Fifteen days are for those it moves to look, ask and object."""
    if comes_into_force_at < clock.now() + NOTICE:
        return unmet(_("A method is announced at least 15 days before it comes into force."))
    return ALLOWED


def is_tried(method: Method, current: Method | None, trial: Snapshot | None) -> Verdict:
    """Whom a change moves is known before it is announced."""
    if current is None or trial is not None:
        return ALLOWED
    return unmet(_("Try this version first: the impact table comes from the trial."))


def change_is_told(method: Method, current: Method | None) -> Verdict:
    flaws = (
        Flaw(name, _("Say what changes; everybody reads it."))
        for name in ("change_zh", "change_en")
        if current is not None and not getattr(method, name).strip()
    )
    return flawless(flaws)


def reason_is_given(why: str) -> Verdict:
    if not why.strip():
        return flawless([Flaw("why", _("Say why; it is written down."))])
    if len(why.strip()) > LONGEST_WHY:
        return flawless([Flaw("why", _("At most 300 characters."))])
    return ALLOWED


def method_is_sound(fields: MethodFields) -> Verdict:
    return flawless(flaws_of_method(fields))


def flaws_of_method(fields: MethodFields) -> Iterator[Flaw]:
    """Everything wrong with a draft, each at its place: `document.dimensions[0].weight`."""
    try:
        method = parse_method(fields.document)
    except MethodFaults as error:
        yield from _flaws("document", error.faults)
        yield from _flaws_of_gathering(fields, codes=None)
    else:
        yield from _flaws_of_site(fields.document)
        yield from _flaws_of_gathering(fields, codes=method.codes)
    for name in ("change_zh", "change_en"):
        if len(getattr(fields, name)) > LONGEST_CHANGE:
            yield Flaw(name, _("At most %(most)s characters.") % {"most": LONGEST_CHANGE})


def _flaws_of_site(document: Mapping[str, Any]) -> Iterator[Flaw]:
    """What a file may have, but no method that parties are rated by."""
    if document["code"] not in CODES:
        sentence = _("This must be one of: %(choices)s.") % {"choices": ", ".join(CODES)}
        yield Flaw("document.code", sentence)
    if len(document["version"]) > LONGEST_PART or "/" in document["version"]:
        yield Flaw("document.version", _("At most 20 characters, without a slash."))
    if not LEAST <= document["scale"][0] < document["scale"][1] <= MOST:
        yield Flaw("document.scale", _("The scale lies between 0 and 100."))
    for place, named in _named(document):
        if not all((named.get("name") or {}).get(language) for language in ("zh", "en")):
            yield Flaw(f"{place}.name", _("Name it in Chinese and in English."))


def _named(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for at, dimension in enumerate(document["dimensions"]):
        place = f"document.dimensions[{at}]"
        yield place, dimension
        for number, indicator in enumerate(dimension["indicators"]):
            yield f"{place}.indicators[{number}]", indicator


def _flaws_of_gathering(fields: MethodFields, codes: Iterable[str] | None) -> Iterator[Flaw]:
    try:
        parse_gathering(fields.gathering, codes)
    except GatheringFaults as error:
        yield from _flaws("gathering", error.faults)


def _flaws(root: str, faults: Iterable[Fault]) -> Iterator[Flaw]:
    for fault in faults:
        sentence = translated(fault.message) % fault.params
        yield Flaw(root + fault.path.removeprefix("$"), sentence)
