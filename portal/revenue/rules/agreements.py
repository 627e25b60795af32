"""Who proposes and answers papers, and which ones can be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
    unmet,
)
from portal.parties.models import Party
from portal.parties.states import MANAGING, TRUSTED
from portal.revenue import states
from portal.revenue.engine import Agreement as Terms
from portal.revenue.engine import AgreementFaults, parse_agreement
from portal.revenue.fields import SubjectFields, TermsFields
from portal.revenue.models import Agreement, AgreementVersion
from portal.revenue.states import PaperRole, ScopeKind, Side, VersionStatus
from portal.revenue.words import fault_in_words

MOST_WORDS, MOST_KEY, MOST_CODE, MOST_COMPONENTS = 300, 60, 30, 20
LONGEST = timedelta(days=5 * 366)


def can_manage_agreement(actor: Actor, agreement: Agreement) -> Verdict:
    """Those who sign for one of the two sides; the clock."""
    if actor.role == SYSTEM:
        return ALLOWED
    if not agreement.has_side(actor.party_id):
        return forbidden(_("This is between the two sides of the agreement."))
    return _signs(actor)


def _signs(actor: Actor) -> Verdict:
    if actor.role not in MANAGING:
        return forbidden(_("Only the owner or a manager of the party may sign."))
    return ALLOWED


def can_list_agreements(actor: Actor) -> Verdict:
    if actor.party is None:
        return forbidden(_("Register a party first."))
    return ALLOWED


def can_propose_agreement(actor: Actor, other: Party) -> Verdict:
    party = actor.party
    if party is None:
        return forbidden(_("Register a party first."))
    if not (verdict := _signs(actor)):
        return verdict
    if party.pk == other.pk:
        return unmet(_("An agreement needs two parties."))
    if party.sandbox_of_id != other.sandbox_of_id:
        return unmet(_("A sandbox deals with itself only."))
    for one in (party, other):
        if one.status not in TRUSTED:
            return conflict(_("“%(name)s” is not verified.") % {"name": one.name})
    if not roles_between(party, other):
        return unmet(_("There is no kind of agreement between parties of these kinds."))
    return ALLOWED


def roles_between(one: Party, other: Party) -> list[str]:
    pairs = ((one.kind, other.kind), (other.kind, one.kind))
    return [
        role
        for role, (payers, payees) in states.SIDES.items()
        if any(payer in payers and payee in payees for payer, payee in pairs)
    ]


def is_payer_kind(kind: str, role: str) -> bool:
    """Whether parties of this kind pay by papers of this role."""
    return role in states.SIDES and kind in states.SIDES[role][0]


def subject_is_sound(payer: Party, payee: Party, fields: SubjectFields) -> Verdict:
    return flawless(_flaws_of_subject(payer, payee, fields))


def _flaws_of_subject(payer: Party, payee: Party, fields: SubjectFields) -> Iterator[Flaw]:
    if fields.role not in PaperRole.values:
        yield Flaw("role", _("Choose one from the list."))
    else:
        payers, payees = states.SIDES[fields.role]
        if payer.kind not in payers or payee.kind not in payees:
            yield Flaw("role", _("Parties of these kinds have no agreement of this kind."))
    if fields.scope_kind not in ScopeKind.values:
        yield Flaw("scope_kind", _("Choose one from the list."))
    is_whole = fields.scope_kind == ScopeKind.WHOLE
    if is_whole and fields.scope_key.strip():
        yield Flaw("scope_key", _("Leave this empty where everything is covered."))
    if not is_whole and not fields.scope_key.strip():
        yield Flaw("scope_key", _("Say which one: its number or name on the platform."))
    if len(fields.scope_key) > MOST_KEY:
        yield Flaw("scope_key", _("At most 60 characters."))
    yield from flaws_of_lines(fields, "scope_key")


def first_day() -> date:
    """The first day a paper may hold: never before both have accepted it."""
    return clock.today() + timedelta(days=1)


def parsed_terms(fields: TermsFields) -> Terms:
    """The tree; raises Refused with what is wrong with it."""
    try:
        return parse_agreement(document_of(fields, 1))
    except AgreementFaults as error:
        flawless(_flaws_of_faults(error)).require()
        raise


def terms_are_sound(fields: TermsFields) -> Verdict:
    return flawless(_flaws_of_terms(fields))


def _flaws_of_terms(fields: TermsFields) -> Iterator[Flaw]:
    first = first_day()
    if not first <= fields.starts_on <= first + LONGEST:
        yield Flaw("starts_on", _("From tomorrow on, and within five years."))
    if fields.ends_on is not None:
        if fields.ends_on <= fields.starts_on:
            yield Flaw("ends_on", _("It must end after it begins."))
            return
        if fields.ends_on > fields.starts_on + LONGEST:
            yield Flaw("ends_on", _("At most five years; leave it empty for an open end."))
    if len(fields.note) > MOST_WORDS:
        yield Flaw("note", _("At most 300 characters."))
    try:
        terms = parse_agreement(document_of(fields, 1))
    except AgreementFaults as error:
        yield from _flaws_of_faults(error)
    else:
        yield from _flaws_of_tree(terms)


def _flaws_of_faults(faults: AgreementFaults) -> Iterator[Flaw]:
    for fault in faults.faults:
        is_monthly = fault.path.startswith("$.period_components")
        field = "period_components" if is_monthly else "components"
        yield Flaw(field, fault_in_words(fault))


def _flaws_of_tree(terms: Terms) -> Iterator[Flaw]:
    parts = [*terms.walk()]
    monthly = terms.period_components
    if len(parts) + len(monthly) > MOST_COMPONENTS:
        yield Flaw("components", _("At most 20 parts."))
    codes = [one.code for one in parts] + [one.code for one in monthly]
    if any(len(code) > MOST_CODE for code in codes):
        yield Flaw("components", _("The name of a part has at most 30 characters."))
    named = {party for one in parts for party, _weight in one.shares}
    named |= {side for one in monthly for side in (one.party, one.payer)}
    if unknown := sorted(named - set(Side.values)):
        sentence = _("“%(name)s” is neither payer, payee nor platform.")
        yield Flaw("components", sentence % {"name": unknown[0]})
    paid = {party for one in parts for party, weight in one.shares if weight}
    if Side.PAYEE not in paid | {one.party for one in monthly}:
        yield Flaw("components", _("The payee gets nothing: give them a part."))


def document_of(fields: TermsFields, number: int) -> dict[str, Any]:
    """The tree as the engine reads it; the payer is the residual."""
    return {
        "version": number,
        "effective_from": fields.starts_on.isoformat(),
        "effective_to": fields.ends_on.isoformat() if fields.ends_on else None,
        "residual": str(Side.PAYER),
        "components": list(fields.components),
        "period_components": list(fields.period_components),
    }


def can_propose_version(actor: Actor, agreement: Agreement) -> Verdict:
    """A change of what was agreed, or a first version after the last one came to nothing."""
    if not (verdict := can_manage_agreement(actor, agreement)):
        return verdict
    if agreement.versions.open().exists():
        return conflict(_("One version is waiting for its answer already."))
    return ALLOWED


def can_answer_version(actor: Actor, version: AgreementVersion) -> Verdict:
    """Accept, decline or counter: the side that did not propose it."""
    if not (verdict := can_manage_agreement(actor, version.agreement)):
        return verdict
    if actor.role != SYSTEM and version.agreement.side_of(actor.party_id) == version.proposed_by:
        return conflict(_("The other side answers what you proposed."))
    return _still_open(version)


def can_withdraw_version(actor: Actor, version: AgreementVersion) -> Verdict:
    if not (verdict := can_manage_agreement(actor, version.agreement)):
        return verdict
    if version.agreement.side_of(actor.party_id) != version.proposed_by:
        return conflict(_("Only the side that proposed it can take it back."))
    return _still_open(version)


def _still_open(version: AgreementVersion) -> Verdict:
    if version.status != VersionStatus.OPEN or version.expires_at <= clock.now():
        return conflict(_("This version no longer waits for an answer."))
    return ALLOWED


def in_force_from(version: AgreementVersion) -> date:
    """Its first day if it is accepted now: at the earliest the midnight after. Raises Refused
    where its term would be over by then."""
    start = max(version.starts_on, first_day())
    if version.ends_on is not None and version.ends_on <= start:
        sentence = _("Its term would be over before it begins; propose another one.")
        conflict(sentence).require()
    return start
