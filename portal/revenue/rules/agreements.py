"""Who proposes and answers papers, and which ones can be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
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
from portal.parties.states import TRUSTED
from portal.revenue import states
from portal.revenue.engine import Agreement as Terms
from portal.revenue.engine import (
    AgreementFaults,
    InvoiceComponent,
    PeriodComponent,
    parse_agreement,
)
from portal.revenue.fields import SubjectFields, TermsFields
from portal.revenue.models import Agreement, AgreementVersion
from portal.revenue.rules.signing import (
    can_handle_papers,
    can_sign,
    may_seal,
    may_sign,
    may_sign_terms,
)
from portal.revenue.states import PaperRole, ScopeKind, Side, VersionStatus
from portal.revenue.words import fault_in_words

MOST_WORDS, MOST_KEY, MOST_CODE, MOST_COMPONENTS = 300, 60, 30, 20
LONGEST = timedelta(days=5 * 366)
DIGEST = re.compile(r"digest=([0-9a-f]{64})")  # in the address of a paper's check
LISTS = ("period_components", "invoice_components", "paid_to", "seal", "signers")


def can_manage_agreement(actor: Actor, agreement: Agreement) -> Verdict:
    """Those who sign for one of the two sides; the clock."""
    if actor.role == SYSTEM:
        return ALLOWED
    if not agreement.has_side(actor.party_id):
        return forbidden(_("This is between the two sides of the agreement."))
    return can_handle_papers(actor)


def can_list_agreements(actor: Actor) -> Verdict:
    if actor.party is None:
        return forbidden(_("Register a party first."))
    return ALLOWED


def can_propose_agreement(actor: Actor, other: Party) -> Verdict:
    party = actor.party
    if party is None:
        return forbidden(_("Register a party first."))
    if not (verdict := can_sign(actor)):
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
    if fields.role not in states.SIDES:
        yield Flaw("role", _("Choose one from the list."))
    else:
        payers, payees = states.SIDES[fields.role]
        if payer.kind not in payers or payee.kind not in payees:
            yield Flaw("role", _("Parties of these kinds have no agreement of this kind."))
    if fields.scope_kind not in dict(states.CHOSEN):
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


def concluded_is_sound(fields: TermsFields) -> Verdict:
    """Its days and sums are the door's to judge; that the tree can be split is asked here."""
    return flawless(_flaws_of_concluded(fields))


def _flaws_of_concluded(fields: TermsFields) -> Iterator[Flaw]:
    try:
        parse_agreement(document_of(fields, 1))
    except AgreementFaults as error:
        yield from _flaws_of_faults(error)


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
        field = next((name for name in LISTS if fault.path.startswith(f"$.{name}")), "components")
        yield Flaw(field, fault_in_words(fault))


def _flaws_of_tree(terms: Terms) -> Iterator[Flaw]:
    parts = [*terms.walk()]
    beside: list[PeriodComponent | InvoiceComponent] = [
        *terms.period_components,
        *terms.invoice_components,
    ]
    if len(parts) + len(beside) > MOST_COMPONENTS:
        yield Flaw("components", _("At most 20 parts."))
    codes = [one.code for one in (*parts, *beside)]
    if any(len(code) > MOST_CODE for code in codes):
        yield Flaw("components", _("The name of a part has at most 30 characters."))
    named = {party for one in parts for party, _weight in one.shares}
    named |= {side for one in beside for side in (one.party, one.payer)}
    if unknown := sorted(named - set(Side.values)):
        sentence = _("“%(name)s” is neither payer, payee nor platform.")
        yield Flaw("components", sentence % {"name": unknown[0]})
    paid = {party for one in parts for party, weight in one.shares if weight}
    if Side.PAYEE not in paid | {one.party for one in beside}:
        yield Flaw("components", _("The payee gets nothing: give them a part."))
    if any(Side.PLATFORM in (one.party, one.payer) for one in terms.invoice_components):
        yield Flaw("invoice_components", _("Bills are between the two sides only."))
    if terms.seal and not set(terms.seal.by) <= {Side.PAYER, Side.PAYEE}:
        yield Flaw("seal", _("Only the two sides seal it."))


def document_of(fields: TermsFields, number: int) -> dict[str, Any]:
    """The tree as the engine reads it; the payer is the residual. What a paper does not use stays
    out, so that its hash is what it always was."""
    optional: dict[str, Any] = {
        "invoice_components": list(fields.invoice_components),
        "paid_to": fields.paid_to,
        "seal": fields.seal,
        "signers": fields.signers,
    }
    return {
        "version": number,
        "effective_from": fields.starts_on.isoformat(),
        "effective_to": fields.ends_on.isoformat() if fields.ends_on else None,
        "residual": str(Side.PAYER),
        "components": list(fields.components),
        "period_components": list(fields.period_components),
        **{key: value for key, value in optional.items() if value},
    }


def routes_fit(actor: Actor, agreement: Agreement, fields: TermsFields) -> Verdict:
    """Whether such a paper can say who is paid for both, and who proposes it may sign it."""
    terms = parse_agreement(document_of(fields, 1))
    if not (verdict := may_sign_terms(actor, agreement.role, terms)):
        return verdict
    return flawless(_flaws_of_routes(agreement, fields))


def _flaws_of_routes(agreement: Agreement, fields: TermsFields) -> Iterator[Flaw]:
    if fields.paid_to is None:
        return
    if agreement.role != PaperRole.AGENCY_SHARE:
        yield Flaw("paid_to", _("Only between a creator and its agency is one paid for both."))
    elif fields.paid_to.get("party") != Side.PAYEE:
        yield Flaw("paid_to", _("It is the agency that may be paid for both."))


def can_seal_version(actor: Actor, version: AgreementVersion) -> Verdict:
    """The side that the paper names, once."""
    if not (verdict := can_manage_agreement(actor, version.agreement)):
        return verdict
    if not (verdict := can_sign(actor) and may_sign(actor, version) and may_seal(actor)):
        return verdict
    if version.status != VersionStatus.SEALING or _is_past(version.seal_due_at):
        return conflict(_("This version does not wait for a seal."))
    side = version.agreement.side_of(actor.party_id)
    if version.terms.seal is None or side not in version.terms.seal.by:
        return conflict(_("This paper does not ask for your seal."))
    if version.seals.filter(side=side).exists():
        return conflict(_("Your side has sealed it already."))
    return ALLOWED


def _is_past(moment: datetime | None) -> bool:
    return moment is not None and moment <= clock.now()


def code_is_of(version: AgreementVersion, code: str) -> Verdict:
    """The scan is of this version: the code that is printed on its last page."""
    if code.replace(" ", "").casefold() == version.sha256[: states.CODE_LENGTH]:
        return ALLOWED
    sentence = _("This is not the code on the last page of this version; is it another one's scan?")
    return flawless([Flaw("code", sentence)])


def scan_is_of(version: AgreementVersion, codes: Sequence[str]) -> Verdict:
    """What the QR codes on the scan say: none may be of another version of ours."""
    papers = [found for text in codes for found in DIGEST.findall(text)]
    if not papers or version.sha256 in papers:
        return ALLOWED
    sentence = _("The QR on this scan is of another paper. Hand in the scan of this version.")
    return flawless([Flaw("file", sentence)])


def is_negotiated_here(agreement: Agreement) -> Verdict:
    """A cooperation's paper is negotiated with the rest of what the two agree on."""
    if agreement.is_of_cooperation:
        return conflict(_("It belongs to a cooperation, and is negotiated there."))
    if agreement.is_with_platform:
        return conflict(_("It is an annual framework, and is negotiated there."))
    return ALLOWED


def can_propose_version(actor: Actor, agreement: Agreement) -> Verdict:
    """A change of what was agreed, or a first version after the last one came to nothing."""
    if not (verdict := can_manage_agreement(actor, agreement)):
        return verdict
    if not (verdict := is_negotiated_here(agreement)):
        return verdict
    if not (verdict := can_sign(actor)):
        return verdict
    if agreement.versions.waiting().exists():
        return conflict(_("One version is waiting for its answer already."))
    return ALLOWED


def can_answer_version(actor: Actor, version: AgreementVersion) -> Verdict:
    """Accept, decline or counter: the side that did not propose it."""
    if not (verdict := can_manage_agreement(actor, version.agreement)):
        return verdict
    if not (verdict := is_negotiated_here(version.agreement)):
        return verdict
    if actor.role != SYSTEM and version.agreement.side_of(actor.party_id) == version.proposed_by:
        return conflict(_("The other side answers what you proposed."))
    return _still_open(version)


def can_accept_version(actor: Actor, version: AgreementVersion) -> Verdict:
    verdict = can_answer_version(actor, version) and can_sign(actor)
    return verdict and may_sign(actor, version)


def can_withdraw_version(actor: Actor, version: AgreementVersion) -> Verdict:
    if not (verdict := can_manage_agreement(actor, version.agreement)):
        return verdict
    if not (verdict := is_negotiated_here(version.agreement)):
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
