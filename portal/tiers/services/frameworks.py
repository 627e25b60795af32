"""Annual frameworks: proposed by either side, countered, accepted by both, changed by both."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.parties.models import Party, User
from portal.parties.services import lock_party
from portal.revenue.fields import SubjectOfCooperation
from portal.revenue.models import AgreementVersion
from portal.revenue.services import accept_terms, drop_terms, open_agreement, propose_terms
from portal.revenue.states import PaperRole, ScopeKind, VersionStatus
from portal.tiers import rules, selectors
from portal.tiers.framework_fields import FrameworkFields
from portal.tiers.framework_states import FrameworkSide, FrameworkStatus
from portal.tiers.framework_terms import fields_of, terms_of
from portal.tiers.models import Framework, FrameworkMeeting
from portal.tiers.services.framework_telling import change_status, record, tell_other

MOST = 200


@transaction.atomic
def propose_framework(
    actor: Actor, *, party: Party, fields: FrameworkFields, before: Framework | None = None
) -> Framework:
    """A first version; the other side has seven days. `before`: what it renews."""
    party = lock_party(party)
    before = lock_framework(before) if before is not None else None
    rules.can_propose_framework(actor, party, before).require()
    rules.framework_is_sound(fields).require()
    side = rules.side_of(actor, party)
    subject = SubjectOfCooperation(
        payer_id=None,
        payee_id=party.pk,
        role=PaperRole.ANNUAL_FRAMEWORK,
        key=fields.starts_on.isoformat(),
        scope_kind=ScopeKind.YEAR,
    )
    framework = Framework(
        party=party,
        agreement=open_agreement(actor, subject=subject),
        before=before,
        starts_on=fields.starts_on,
        ends_on=fields.ends_on,
        target_fen=fields.total,
        proposed_by=side,
        keeper=_keeper(actor, side, before),
        created_at=clock.now(),
    )
    _insert(framework)
    version = propose_terms(actor, agreement=framework.agreement, terms=terms_of(fields))
    record(actor, "propose_framework", framework, version=1, target_fen=fields.total)
    sentence = gettext_noop(
        "%(agency)s: an annual framework from %(from)s on is proposed. Answer by %(day)s."
    )
    _tell_of(actor, framework, version, "proposed", sentence)
    return framework


def _keeper(actor: Actor, side: str, before: Framework | None) -> User | None:
    """The operator who has it in hand."""
    if side == FrameworkSide.PLATFORM:
        return actor.user
    return before.keeper if before else None


def _insert(framework: Framework) -> None:
    try:
        with transaction.atomic():
            framework.save(force_insert=True)
    except IntegrityError as error:
        sentence = _("The agency has a framework for some of these months already.")
        raise Refused(conflict(sentence)) from error


@transaction.atomic
def counter_framework(
    actor: Actor, *, framework: Framework, fields: FrameworkFields
) -> AgreementVersion:
    """Answer what waits with other terms; now the first side has seven days."""
    framework = lock_framework(framework)
    waiting = selectors.waiting_version(framework)
    rules.can_answer_framework(actor, framework, waiting).require()
    changed = None if framework.is_talked_about else framework
    rules.framework_is_sound(fields, changed).require()
    assert waiting is not None  # the rule above
    version = propose_terms(
        actor, agreement=framework.agreement, terms=terms_of(fields), counters=waiting
    )
    _take_in_hand(actor, framework)
    if framework.is_talked_about:
        _take_term(framework, fields)
        framework.status = FrameworkStatus.NEGOTIATED
        _save_term(framework)
    record(actor, "counter_framework", framework, version=version.number, why=fields.note)
    sentence = gettext_noop(
        "%(agency)s: the annual framework from %(from)s on was answered with other terms. Answer "
        "by %(day)s."
    )
    _tell_of(actor, framework, version, "countered", sentence)
    return version


@transaction.atomic
def change_framework(
    actor: Actor, *, framework: Framework, fields: FrameworkFields
) -> AgreementVersion:
    """Propose other terms for months to come of what both signed."""
    framework = lock_framework(framework)
    rules.can_change_framework(actor, framework).require()
    rules.framework_is_sound(fields, framework).require()
    version = propose_terms(actor, agreement=framework.agreement, terms=terms_of(fields))
    _take_in_hand(actor, framework)
    framework.save(update_fields=["keeper"])
    record(actor, "change_framework", framework, version=version.number, why=fields.note)
    sentence = gettext_noop(
        "%(agency)s: a change of the annual framework is proposed. Answer by %(day)s."
    )
    _tell_of(actor, framework, version, "change", sentence)
    return version


@transaction.atomic
def accept_framework(actor: Actor, *, framework: Framework) -> Framework:
    """Both have agreed: it is signed, or changed from its first month to come on."""
    framework = lock_framework(framework)
    waiting = selectors.waiting_version(framework)
    rules.can_accept_framework(actor, framework, waiting).require()
    assert waiting is not None  # the rule above
    version = accept_terms(actor, version=waiting)
    fields = fields_of(version)
    _take_in_hand(actor, framework)
    _plan_meetings(framework, fields)
    said: dict[str, Any] = {"version": version.number, "sha256": version.sha256}
    if framework.is_talked_about:
        framework.signed_at = clock.now()
        change_status(actor, framework, FrameworkStatus.SIGNED, "sign_framework")
        _renew(actor, framework.before)
        sentence = gettext_noop("%(agency)s: the annual framework from %(from)s on is signed.")
    else:
        framework.target_fen = selectors.Course(framework, clock.today()).outlook.target
        framework.save(update_fields=["keeper", "target_fen"])
        record(actor, "accept_framework_change", framework, **said)
        sentence = gettext_noop("%(agency)s: the change of the annual framework is accepted.")
    tell_other(actor, framework, "accepted", sentence, once=str(version.pk))
    return framework


def _renew(actor: Actor, before: Framework | None) -> None:
    """What was reviewed is renewed once the next one is signed."""
    if before is not None and before.status == FrameworkStatus.REVIEWED:
        change_status(actor, lock_framework(before), FrameworkStatus.RENEWED, "renew_framework")


@transaction.atomic
def decline_framework(actor: Actor, *, framework: Framework, why: str = "") -> Framework:
    """Nothing is agreed; what was signed stays as it was."""
    framework = lock_framework(framework)
    waiting = selectors.waiting_version(framework)
    rules.can_answer_framework(actor, framework, waiting).require()
    sentence = gettext_noop("%(agency)s: the annual framework from %(from)s on was declined.")
    _drop(actor, framework, waiting, VersionStatus.DECLINED, sentence, why=why)
    return framework


@transaction.atomic
def withdraw_framework(actor: Actor, *, framework: Framework, why: str = "") -> Framework:
    framework = lock_framework(framework)
    waiting = selectors.waiting_version(framework)
    rules.can_withdraw_framework(actor, framework, waiting).require()
    sentence = gettext_noop("%(agency)s: the annual framework from %(from)s on was taken back.")
    _drop(actor, framework, waiting, VersionStatus.WITHDRAWN, sentence, why=why)
    return framework


def expire_frameworks(actor: Actor) -> int:
    """End what nobody answered in seven days; how many."""
    due = AgreementVersion.objects.open().filter(
        expires_at__lte=clock.now(), agreement__scope_kind=ScopeKind.YEAR
    )
    rows = due.order_by("expires_at").values_list("agreement__framework", flat=True)[:MOST]
    return sum(_expire(actor, pk) for pk in list(rows))


@transaction.atomic
def _expire(actor: Actor, pk: UUID) -> bool:
    framework = lock_framework(Framework.objects.get(pk=pk))
    waiting = selectors.waiting_version(framework)
    if waiting is None or waiting.expires_at > clock.now():
        return False
    sentence = gettext_noop(
        "%(agency)s: nobody answered the annual framework from %(from)s on in time."
    )
    _drop(actor, framework, waiting, VersionStatus.EXPIRED, sentence)
    return True


def lock_framework(framework: Framework) -> Framework:
    """Under its agency's lock, which a proposal takes, too."""
    party = lock_party(framework.party)
    rows = Framework.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("agreement__payee", "before__party", "keeper").get(pk=framework.pk)
    locked.party = party
    return locked


VERBS = {
    VersionStatus.DECLINED: "decline_framework",
    VersionStatus.WITHDRAWN: "withdraw_framework",
    VersionStatus.EXPIRED: "expire_framework",
}


def _drop(
    actor: Actor,
    framework: Framework,
    waiting: AgreementVersion | None,
    status: VersionStatus,
    sentence: str,
    *,
    why: str = "",
) -> None:
    assert waiting is not None  # the rules have asked
    drop_terms(actor, version=waiting, status=status)
    verb, why = VERBS[status], why.strip()[: rules.MOST_CLOSING]
    if framework.is_talked_about:
        framework.closed_at, framework.closing = clock.now(), why
        change_status(actor, framework, FrameworkStatus.DROPPED, verb, why=why)
    else:
        record(actor, verb, framework, why=why, version=waiting.number)
    tell_other(actor, framework, status.value, sentence, once=str(waiting.pk))


def _take_in_hand(actor: Actor, framework: Framework) -> None:
    if framework.keeper_id is None and not actor.speaks_for(framework.party_id):
        framework.keeper = actor.user


def _take_term(framework: Framework, fields: FrameworkFields) -> None:
    framework.starts_on, framework.ends_on = fields.starts_on, fields.ends_on
    framework.target_fen = fields.total


def _save_term(framework: Framework) -> None:
    try:
        with transaction.atomic():
            framework.save()
    except IntegrityError as error:
        sentence = _("The agency has a framework for some of these months already.")
        raise Refused(conflict(sentence)) from error


def _plan_meetings(framework: Framework, fields: FrameworkFields) -> None:
    """Those of the paper, in the place of what was planned and not held."""
    framework.meetings.planned().delete()
    held = set(framework.meetings.values_list("planned_on", flat=True))
    FrameworkMeeting.objects.bulk_create(
        FrameworkMeeting(framework=framework, planned_on=day)
        for day in sorted(set(fields.meetings) - held)
    )


def _tell_of(
    actor: Actor, framework: Framework, version: AgreementVersion, event: str, sentence: str
) -> None:
    day = clock.day_of(version.expires_at)
    tell_other(actor, framework, event, sentence, once=str(version.pk), day=day)
