"""The one negotiator: proposing, countering, accepting; a version at a time, both sides each."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.parties.models import Party
from portal.parties.services import tell_party
from portal.revenue import rules, states
from portal.revenue.fields import SubjectFields, TermsFields
from portal.revenue.models import Acceptance, Agreement, AgreementVersion
from portal.revenue.states import Side, VersionStatus

MOST = 500


@transaction.atomic
def propose_agreement(
    actor: Actor, *, subject: SubjectFields, terms: TermsFields
) -> AgreementVersion:
    """A first version, or the next one where the two have a paper of this subject already."""
    other = Party.objects.get(pk=subject.other_id)
    rules.can_propose_agreement(actor, other).require()
    assert actor.party is not None
    payer, payee = (actor.party, other) if subject.we_pay else (other, actor.party)
    rules.subject_is_sound(payer, payee, subject).require()
    agreement, is_new = Agreement.objects.get_or_create(
        payer=payer,
        payee=payee,
        role=subject.role,
        scope_kind=subject.scope_kind,
        scope_key=subject.scope_key.strip(),
        defaults={"created_at": clock.now()},
    )
    if is_new:
        audit.record(actor, "open_agreement", agreement, after={"role": agreement.role})
    return propose_version(actor, agreement=agreement, terms=terms)


@transaction.atomic
def propose_version(actor: Actor, *, agreement: Agreement, terms: TermsFields) -> AgreementVersion:
    """The other side has seven days to answer."""
    agreement = _lock(agreement.pk)
    rules.can_propose_version(actor, agreement).require()
    return _propose(actor, agreement, terms, "propose_version")


@transaction.atomic
def counter_version(
    actor: Actor, *, version: AgreementVersion, terms: TermsFields
) -> AgreementVersion:
    """Answer with other terms; now the first side has seven days."""
    version = lock_version(version)
    rules.can_answer_version(actor, version).require()
    _change_status(actor, version, VersionStatus.COUNTERED, "counter_version")
    return _propose(actor, version.agreement, terms, "propose_version")


@transaction.atomic
def accept_version(actor: Actor, *, version: AgreementVersion) -> AgreementVersion:
    """Both sides have agreed: it holds from its first day, at the earliest the next midnight in
    Shanghai, and the version before ends there."""
    version = lock_version(version)
    rules.can_accept_version(actor, version).require()
    start = rules.in_force_from(version)
    components = version.data["components"]
    rules.terms_keep_ceilings(version.agreement, components, start, version.ends_on).require()
    _agree(actor, version)
    if version.terms.seal is not None:
        return _wait_for_seals(actor, version, version.terms.seal.days)
    return bring_into_force(actor, version, start)


def _wait_for_seals(actor: Actor, version: AgreementVersion, days: int) -> AgreementVersion:
    version.seal_due_at = clock.now() + timedelta(days=days)
    _change_status(actor, version, VersionStatus.SEALING, "accept_version")
    sentence = gettext_noop("%(other)s accepted “%(subject)s”. It is to be sealed by %(day)s.")
    tell_sides(actor, version, "sealing", sentence, day=clock.day_of(version.seal_due_at))
    return version


def bring_into_force(actor: Actor, version: AgreementVersion, start: date) -> AgreementVersion:
    """Its agreement is locked by the caller, and both sides have signed."""
    make_room(version.agreement, start)
    version.in_force = DateRange(start, version.ends_on)
    _change_status(actor, version, VersionStatus.ACCEPTED, "accept_version")
    sentence = gettext_noop("%(other)s accepted “%(subject)s”. It holds from %(day)s.")
    tell_sides(actor, version, "accepted", sentence, day=start)
    return version


@transaction.atomic
def decline_version(actor: Actor, *, version: AgreementVersion) -> AgreementVersion:
    version = lock_version(version)
    rules.can_answer_version(actor, version).require()
    _change_status(actor, version, VersionStatus.DECLINED, "decline_version")
    tell_sides(actor, version, "declined", gettext_noop("%(other)s declined “%(subject)s”."))
    return version


@transaction.atomic
def withdraw_version(actor: Actor, *, version: AgreementVersion) -> AgreementVersion:
    version = lock_version(version)
    rules.can_withdraw_version(actor, version).require()
    _change_status(actor, version, VersionStatus.WITHDRAWN, "withdraw_version")
    tell_sides(actor, version, "withdrawn", gettext_noop("%(other)s took back “%(subject)s”."))
    return version


def expire_versions(actor: Actor) -> int:
    """End what nobody answered in seven days, or sealed in its days; how many."""
    due = AgreementVersion.objects.open().filter(expires_at__lte=clock.now())
    due = due.exclude(agreement__scope_kind__in=states.ELSEWHERE)  # these expire there
    unsealed = AgreementVersion.objects.sealing().filter(seal_due_at__lte=clock.now())
    rows = [*due.order_by("expires_at")[:MOST], *unsealed.order_by("seal_due_at")[:MOST]]
    return sum(_expire(actor, version) for version in rows)


@transaction.atomic
def _expire(actor: Actor, version: AgreementVersion) -> bool:
    version = lock_version(version)
    if version.status not in (VersionStatus.OPEN, VersionStatus.SEALING):
        return False
    sentence = gettext_noop("Nobody answered “%(subject)s” with %(other)s in time.")
    if version.status == VersionStatus.SEALING:
        sentence = gettext_noop("“%(subject)s” with %(other)s was not sealed in time.")
    _change_status(actor, version, VersionStatus.EXPIRED, "expire_version")
    tell_sides(actor, version, "expired", sentence)
    return True


def _propose(actor: Actor, agreement: Agreement, terms: TermsFields, verb: str) -> AgreementVersion:
    rules.terms_are_sound(terms).require()
    rules.routes_fit(actor, agreement, terms).require()
    days = terms.starts_on, terms.ends_on
    rules.terms_keep_ceilings(agreement, terms.components, *days).require()
    now = clock.now()
    number = agreement.versions.count() + 1
    document = json.dumps(rules.document_of(terms, number), ensure_ascii=False)
    version = AgreementVersion.objects.create(
        agreement=agreement,
        number=number,
        document=document,
        sha256=hashlib.sha256(document.encode()).hexdigest(),
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        note=terms.note.strip(),
        proposed_by=agreement.side_of(actor.party_id),
        proposed_at=now,
        expires_at=now + states.ANSWER_WITHIN,
    )
    _agree(actor, version)
    _record(actor, verb, version)
    sentence = gettext_noop("%(other)s proposes “%(subject)s”. Answer by %(day)s.")
    tell_sides(actor, version, "proposed", sentence, day=clock.day_of(version.expires_at))
    return version


def _agree(actor: Actor, version: AgreementVersion) -> None:
    Acceptance.objects.create(
        version=version,
        side=version.agreement.side_of(actor.party_id),
        person=actor.user,
        at=clock.now(),
        sha256=version.sha256,
    )


def make_room(agreement: Agreement, start: date) -> None:
    """Whatever holds on `start` or later ends there."""
    day_and_later = DateRange(start, None)
    for earlier in agreement.versions.filter(in_force__overlap=day_and_later):
        begins = earlier.in_force.lower
        earlier.in_force = DateRange(begins, start) if begins < start else DateRange(empty=True)
        earlier.save(update_fields=["in_force"])


def _change_status(
    actor: Actor, version: AgreementVersion, status: VersionStatus, verb: str
) -> None:
    if status not in states.TRANSITIONS[version.status]:
        raise Refused(conflict(_("This version no longer waits for an answer.")))
    version.status, version.answered_at = status, clock.now()
    version.save(update_fields=["status", "answered_at", "in_force", "seal_due_at"])
    _record(actor, verb, version)


def _record(actor: Actor, verb: str, version: AgreementVersion) -> None:
    facts = {"version": version.number, "sha256": version.sha256, "status": version.status}
    audit.record(actor, verb, version.agreement, after=facts, why=version.note)


def _lock(pk: Any) -> Agreement:
    rows = Agreement.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("payer", "payee").get(pk=pk)


def lock_version(version: AgreementVersion) -> AgreementVersion:
    """By its agreement, so that two answers come one after the other."""
    agreement = _lock(version.agreement_id)
    locked = AgreementVersion.objects.get(pk=version.pk)
    locked.agreement = agreement
    return locked


def tell_sides(
    actor: Actor, version: AgreementVersion, event: str, sentence: str, **params: date
) -> None:
    """The side that did not act; both, where the clock did."""
    agreement = version.agreement
    for side in (Side.PAYER, Side.PAYEE):
        party = agreement.party_of(side)
        if actor.speaks_for(party.pk):
            continue
        tell_party(
            party,
            event=f"agreement.{event}",
            key=f"agreement-{event}:{version.pk}:{side}",
            sentence=sentence,
            params={
                "other": agreement.other_side(party.pk).name,
                "subject": _subject_in_both(agreement),
                **{key: day.isoformat() for key, day in params.items()},
            },
            url=agreement.get_absolute_url(),
        )


def remind_side(version: AgreementVersion, side: str, days: int) -> None:
    """Each of `days` once: the notice's key sees to it."""
    agreement = version.agreement
    party = agreement.party_of(side)
    assert version.seal_due_at is not None
    tell_party(
        party,
        event="agreement.seal_due",
        key=f"agreement-seal-due:{version.pk}:{side}:{days}",
        sentence=gettext_noop("Seal “%(subject)s” with %(other)s by %(day)s."),
        params={
            "other": agreement.other_side(party.pk).name,
            "subject": _subject_in_both(agreement),
            "day": clock.day_of(version.seal_due_at).isoformat(),
        },
        url=agreement.get_absolute_url(),
    )


def _subject_in_both(agreement: Agreement) -> dict[str, str]:
    """Each reader reads it in their own language."""
    found = {}
    for key, language in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(language):
            found[key] = agreement.subject
    return found
