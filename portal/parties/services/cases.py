"""A provider's cases: claimed by it, confirmed by an operator from the platform's settlements."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.files import attach_file, store_file, take_file
from portal.core.models import StoredFile
from portal.core.verdict import Flaw, Refused, conflict, flawless, unmet
from portal.parties import rules
from portal.parties.fields import ClientCaseFields
from portal.parties.files import CASE_EVIDENCE
from portal.parties.holding import watch_case
from portal.parties.models import CaseCheck, ClientCase, Party
from portal.parties.profile_states import CaseStatus, CheckOutcome
from portal.parties.services.parties import lock_party, tell_party

Evidence = UploadedFile | uuid.UUID  # a file, or the id of one's own upload
TEXTS = ("title", "client", "summary")


@transaction.atomic
def write_case(
    actor: Actor, *, party: Party, fields: ClientCaseFields, evidence: Sequence[Evidence] = ()
) -> ClientCase:
    """Claim a case. It is shown as a claim until it is checked."""
    party = lock_party(party)
    rules.can_write_case(actor, party).require()
    rules.case_is_sound(fields).require()
    case = ClientCase(party=party, created_at=clock.now())
    _write(case, fields)
    _add_evidence(actor, case, evidence)
    watch_case(actor, case)
    audit.record(actor, "write_case", case, after=_facts(case))
    return case


@transaction.atomic
def change_case(
    actor: Actor, *, case: ClientCase, fields: ClientCaseFields, evidence: Sequence[Evidence] = ()
) -> ClientCase:
    """Correct a case that is not confirmed; evidence is added to what was handed in."""
    case = _lock(case)
    rules.can_change_case(actor, case).require()
    rules.case_is_sound(fields).require()
    before = _facts(case)
    _write(case, fields)
    _add_evidence(actor, case, evidence)
    watch_case(actor, case)
    audit.record(actor, "change_case", case, before=before, after=_facts(case))
    return case


@transaction.atomic
def ask_check(actor: Actor, *, case: ClientCase) -> ClientCase:
    """Ask an operator to compare the claim with the settlements."""
    case = _lock(case)
    rules.can_ask_check(actor, case).require()
    case.asked_at, case.reason = clock.now(), ""
    _change_status(actor, case, CaseStatus.CHECKING, verb="ask_check")
    return case


@transaction.atomic
def recall_case(actor: Actor, *, case: ClientCase) -> ClientCase:
    """Take it back from the check, to change it."""
    case = _lock(case)
    rules.can_recall_case(actor, case).require()
    _change_status(actor, case, CaseStatus.CLAIMED, verb="recall_case")
    return case


@transaction.atomic
def withdraw_case(actor: Actor, *, case: ClientCase) -> ClientCase:
    """Take the case down; what was checked stays on record."""
    case = _lock(case)
    rules.can_withdraw_case(actor, case).require()
    _change_status(actor, case, CaseStatus.WITHDRAWN, verb="withdraw_case")
    return case


@transaction.atomic
def verify_case(actor: Actor, *, case: ClientCase, settled_fen: int, basis: str) -> ClientCase:
    """Give the mark: the platform's settlements of that period reach the amount claimed."""
    case = _lock(case)
    rules.can_check_case(actor, case).require()
    rules.settlements_confirm(case, settled_fen, basis).require()
    _keep_check(actor, case, CheckOutcome.VERIFIED, settled_fen=settled_fen, basis=basis.strip())
    case.settled_fen, case.checked_at, case.reason = settled_fen, clock.now(), ""
    _change_status(actor, case, CaseStatus.VERIFIED, verb="verify_case")
    _tell(case, gettext_noop("The case “%(case)s” is marked as verified."))
    return case


@transaction.atomic
def refuse_case_mark(actor: Actor, *, case: ClientCase, reason: str) -> ClientCase:
    """The settlements do not confirm it; the provider reads why and may hand in more."""
    case = _lock(case)
    rules.can_check_case(actor, case).require()
    if not reason.strip():
        raise Refused(unmet(_("Say why; the applicant reads this sentence.")))
    case.reason, case.checked_at, case.settled_fen = reason.strip()[:300], clock.now(), None
    _keep_check(actor, case, CheckOutcome.REFUSED, reason=case.reason)
    _change_status(actor, case, CaseStatus.REFUSED, verb="refuse_case_mark", why=case.reason)
    _tell(case, gettext_noop("The case “%(case)s” was not confirmed: %(reason)s"))
    return case


# --- pieces ---------------------------------------------------------------------------------------


def _lock(case: ClientCase) -> ClientCase:
    """The case under its party's lock."""
    party = lock_party(case.party)
    locked = ClientCase.objects.select_related("category").get(pk=case.pk)
    locked.party = party
    return locked


def _write(case: ClientCase, fields: ClientCaseFields) -> None:
    for name in ("category_id", "starts_on", "ends_on", "gmv_fen"):
        setattr(case, name, getattr(fields, name))
    for name in TEXTS:
        setattr(case, name, getattr(fields, name).strip())
    case.save()


def _add_evidence(actor: Actor, case: ClientCase, evidence: Sequence[Evidence]) -> None:
    if case.evidence.count() + len(evidence) > rules.MOST_EVIDENCE:
        sentence = _("At most %(n)s files.") % {"n": rules.MOST_EVIDENCE}
        raise Refused(flawless([Flaw("evidence", sentence)]))
    case.evidence.add(*(_file_of(actor, case.party, piece) for piece in evidence))


def _file_of(actor: Actor, party: Party, piece: Evidence) -> StoredFile:
    if isinstance(piece, uuid.UUID):
        return take_file(actor, file_id=piece, purpose=CASE_EVIDENCE, field="evidence")
    file = store_file(actor, upload=piece, purpose=CASE_EVIDENCE, party_id=party.pk)
    return attach_file(actor, file=file)


def _keep_check(actor: Actor, case: ClientCase, outcome: CheckOutcome, **found: Any) -> None:
    CaseCheck.objects.create(
        case=case,
        outcome=outcome,
        claimed_fen=case.gmv_fen,
        by_id=actor.user_id,
        at=clock.now(),
        **found,
    )


def _change_status(
    actor: Actor, case: ClientCase, status: CaseStatus, *, verb: str, why: str = ""
) -> None:
    if not rules.can_become_case(case, status):
        raise Refused(conflict(_("This is not possible in the case's present state.")))
    before, case.status = case.status, status
    case.save(update_fields=["status", "reason", "settled_fen", "asked_at", "checked_at"])
    audit.record(actor, verb, case, before={"status": before}, after={"status": status}, why=why)


def _tell(case: ClientCase, sentence: str) -> None:
    tell_party(
        case.party,
        event="portfolio.checked",
        key=f"case-checked:{case.pk}:{case.checks.count()}",
        sentence=sentence,
        params={"case": case.title, "reason": case.reason},
        url=case.get_absolute_url(),
    )


def _facts(case: ClientCase) -> dict[str, Any]:
    return {
        "title": case.title,
        "category": case.category_id,
        "from": case.starts_on.isoformat(),
        "to": case.ends_on.isoformat(),
        "gmv_fen": case.gmv_fen,
        "evidence": case.evidence.count(),
    }
