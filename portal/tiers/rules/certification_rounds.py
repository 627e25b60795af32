"""Who writes methods and opens rounds, which of them make sense, and when a round is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden
from portal.evaluation.engine import Method, MethodFaults, parse_method
from portal.policies.rules import can_approve_proposed, can_refuse_proposed
from portal.policies.states import DatedStatus
from portal.tiers.certification_fields import MethodFields, RoundFields
from portal.tiers.certification_states import LEAST_OPEN, MOST_PLACES
from portal.tiers.engine import Quarter
from portal.tiers.models import CertificationMethod, CertificationRound

CODE = "certification"
INDICATORS = frozenset({"net_gmv", "median_income", "health", "incubated"})
LONGEST_VERSION, MOST_FEN, MOST_DAYS = 20, 10**13, 3_650
DECIDED_BY = _("Only operators who may approve methods decide this.")


def can_propose_certification_method(actor: Actor) -> Verdict:
    if actor.has_perm("tiers.propose_certificationmethod"):
        return ALLOWED
    return forbidden(_("Only operators propose methods of the top-100 mark."))


def can_refuse_certification_method(actor: Actor, method: CertificationMethod) -> Verdict:
    return can_refuse_proposed(actor, method, who=DECIDED_BY)


def can_approve_certification_method(actor: Actor, method: CertificationMethod) -> Verdict:
    second = _("Who proposed a method does not approve it; a second person must.")
    return can_approve_proposed(actor, method, who=DECIDED_BY, second=second)


def certification_method_is_sound(fields: MethodFields) -> Verdict:
    return flawless(flaws_of_certification_method(fields))


def flaws_of_certification_method(fields: MethodFields) -> Iterator[Flaw]:
    """All that is wrong with the document, each at its place: `document.dimensions[0].weight`."""
    if not fields.source.strip():
        yield Flaw("source", _("Say where this is from."))
    try:
        method = parse_method(fields.document)
    except MethodFaults as error:
        for fault in error.faults:
            sentence = translated(fault.message) % fault.params
            yield Flaw("document" + fault.path.removeprefix("$"), sentence)
    else:
        yield from _flaws_of_mark(method, fields.document)


def _flaws_of_mark(method: Method, document: Mapping[str, Any]) -> Iterator[Flaw]:
    """An agency's score hangs on its own numbers alone, so that it can be made again by anybody
    who has them; and on the four that are counted here."""
    if method.code != CODE:
        yield Flaw("document.code", _("This must be “%(code)s”.") % {"code": CODE})
    if len(method.version) > LONGEST_VERSION or "/" in method.version:
        yield Flaw("document.version", _("At most 20 characters, without a slash."))
    if method.scale != (0.0, 100.0):
        yield Flaw("document.scale", _("The scale goes from 0 to 100."))
    if unknown := sorted(set(method.codes) ^ INDICATORS):
        said = {"codes": ", ".join(unknown)}
        told = _("Exactly the four indicators of the mark are scored; see: %(codes)s.")
        yield Flaw("document.dimensions", told % said)
    is_by_others = method.winsorise or any(
        one.shrink is not None and one.shrink.prior is None for one in method.indicators
    )
    if is_by_others or method.draws or method.gates:
        sentence = _("A score hangs on the agency's own numbers: no percentiles, draws or gates.")
        yield Flaw("document", sentence)
    for at, dimension in enumerate(document["dimensions"]):
        if not all((dimension.get("name") or {}).get(language) for language in ("zh", "en")):
            place = f"document.dimensions[{at}].name"
            yield Flaw(place, _("Name it in Chinese and in English."))


def can_manage_certification(actor: Actor) -> Verdict:
    if actor.has_perm("tiers.manage_certificationround"):
        return ALLOWED
    return forbidden(_("Only those who run the top-100 mark may do this."))


def can_see_certification_desk(actor: Actor) -> Verdict:
    if actor.has_perm("tiers.view_certificationapplication"):
        return ALLOWED
    return forbidden(_("Only those who look after the top-100 mark see this."))


def can_change_certification_round(actor: Actor, round_: CertificationRound) -> Verdict:
    if not (verdict := can_manage_certification(actor)):
        return verdict
    if round_.opens_on <= clock.today():
        return conflict(_("A round that has opened stays as it was announced."))
    return ALLOWED


def round_is_sound(fields: RoundFields, method: CertificationMethod | None) -> Verdict:
    return flawless(flaws_of_certification_round(fields, method))


def flaws_of_certification_round(
    fields: RoundFields, method: CertificationMethod | None
) -> Iterator[Flaw]:
    if not 2000 <= fields.year <= 2200:
        yield Flaw("year", _("Choose a year from 2000 to 2200."))
    if method is None or method.status != DatedStatus.APPROVED:
        yield Flaw("method", _("Choose a method that was approved."))
    yield from _flaws_of_days(fields)
    if not 1 <= fields.places <= MOST_PLACES:
        yield Flaw("places", _("From 1 to 100 places."))
    if not 0 <= fields.least_stars <= 5:
        yield Flaw("least_stars", _("Choose one from the list."))
    if not 0 <= fields.least_days <= MOST_DAYS:
        yield Flaw("least_days", _("This is out of range."))
    if not 0 <= fields.newcomer_fen <= MOST_FEN:
        yield Flaw("newcomer_fen", _("This is out of range."))


def _flaws_of_days(fields: RoundFields) -> Iterator[Flaw]:
    if fields.opens_on < clock.today():
        yield Flaw("opens_on", _("Not in the past."))
    if fields.closes_on - fields.opens_on < LEAST_OPEN:
        yield Flaw("closes_on", _("A window is open for at least 7 days."))
    if fields.publishes_on <= fields.closes_on:
        yield Flaw("publishes_on", _("After the last day to apply."))
    if fields.valid_until <= fields.publishes_on:
        yield Flaw("valid_until", _("After the results are published."))
    if not (1 <= fields.last_quarter <= 4 and 2000 <= fields.last_year <= 2200):
        yield Flaw("last_quarter", _("Choose one from the list."))
    elif Quarter(fields.last_year, fields.last_quarter).last_day >= fields.closes_on:
        yield Flaw("last_quarter", _("A quarter that is over when the window closes."))


def can_score_round(actor: Actor, round_: CertificationRound) -> Verdict:
    if not (verdict := can_manage_certification(actor)):
        return verdict
    if clock.today() <= round_.closes_on:
        return conflict(_("The window is still open; scores are made once it has closed."))
    if round_.valid_until < clock.today():
        return conflict(_("The year of this round is over."))
    return ALLOWED


def can_publish_certification_round(actor: Actor, round_: CertificationRound) -> Verdict:
    """Once everybody is decided, and not before its day."""
    if not (verdict := can_manage_certification(actor)):
        return verdict
    if round_.is_published:
        return conflict(_("This round was published already."))
    if clock.today() < round_.publishes_on:
        sentence = _("The results are announced for %(day)s; they are not published before.")
        return conflict(sentence % {"day": round_.publishes_on})
    open_ = round_.applications.undecided().count()
    if open_:
        sentence = _("%(n)s applications are not decided yet.")
        return conflict(sentence % {"n": open_})
    return ALLOWED
