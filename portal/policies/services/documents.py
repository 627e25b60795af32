"""Writing and publishing documents; giving and withdrawing consents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock, jobs
from portal.core.actor import Actor, system_actor
from portal.core.verdict import Refused, conflict
from portal.policies import rules
from portal.policies.fields import DraftFields
from portal.policies.models import Consent, Draft, Version, Withdrawal
from portal.policies.states import AT_SIGN_UP, DocumentKind

ANNOUNCE = "policies.announce"
KEPT = ("text_zh", "text_en", "changes_zh", "changes_en")

# --- documents ----------------------------------------------------------------------------------


@transaction.atomic
def save_draft(actor: Actor, *, kind: DocumentKind, fields: DraftFields) -> Draft:
    """Keep the next version of a document while it is being written."""
    rules.can_publish_version(actor).require()
    values = {name: getattr(fields, name).strip() for name in KEPT}
    draft, _made = Draft.objects.update_or_create(
        kind=kind, defaults={**values, "updated_at": clock.now()}
    )
    audit.record(actor, "save_document_draft", draft, after={"kind": kind})
    return draft


@transaction.atomic
def publish_version(actor: Actor, *, kind: DocumentKind, effective_from: datetime) -> Version:
    """Turn the draft into the next version, in force from a moment; a first one not before now.
    From now on it never changes, and those who agreed to an earlier version are told."""
    rules.can_publish_version(actor).require()
    draft = Draft.objects.select_for_update(no_key=True).filter(kind=kind).first()
    if draft is None:
        raise Refused(conflict(_("There is no draft of this document.")))
    last = Version.objects.filter(kind=kind).order_by("-number").first()
    fields = DraftFields(**{name: getattr(draft, name) for name in KEPT})
    rules.draft_is_sound(fields, is_first=last is None).require()
    rules.version_may_begin(last, effective_from).require()
    now = clock.now()
    version = Version.objects.create(
        kind=kind,
        number=last.number + 1 if last else 1,
        announced_at=now,
        effective_from=effective_from if last else max(effective_from, now),
        published_by=actor.user,
        **{name: getattr(draft, name) for name in KEPT},
    )
    draft.delete()
    after = {"kind": kind, "number": version.number, "from": version.effective_from}
    audit.record(actor, "publish_document", version, after=after)
    if last is not None:
        args = {"version": version.pk}
        jobs.start_job(system_actor(actor.via), kind=ANNOUNCE, key=str(version.pk), args=args)
    return version


# --- consents -----------------------------------------------------------------------------------


@transaction.atomic
def give_consents(actor: Actor, *, versions: Sequence[Version], ip_prefix: str = "") -> None:
    """The acting person agrees to each of these versions. Twice is once."""
    rules.can_give_consent(actor).require()
    assert actor.user is not None
    _write_consents(actor, [actor.user.pk], versions, ip_prefix)


def give_consent_to(actor: Actor, *, kind: DocumentKind) -> None:
    """The acting person agrees to a document as it is now, where what they do needs it."""
    current = Version.objects.filter(kind=kind).in_force(clock.now())
    give_consents(actor, versions=list(current))


@transaction.atomic
def give_consents_of(actor: Actor, *, kind: DocumentKind, user_ids: Sequence[int]) -> None:
    """The same of many people at once, whose consents were given elsewhere."""
    current = Version.objects.filter(kind=kind).in_force(clock.now())
    _write_consents(actor, user_ids, list(current), "")


@transaction.atomic
def give_first_consents(actor: Actor, *, user_ids: Iterable[int], ip_prefix: str = "") -> None:
    """What everybody agrees to when they sign up; called where an account is made. Who comes
    before a first version begins, as the demo's people do, agrees to that one."""
    asked = Version.objects.filter(kind__in=AT_SIGN_UP)
    current = list(asked.in_force(clock.now()))
    if lacking := set(AT_SIGN_UP) - {version.kind for version in current}:
        current += asked.filter(number=1, kind__in=lacking)
    _write_consents(actor, list(user_ids), current, ip_prefix)


@transaction.atomic
def withdraw_consent(actor: Actor, *, consent: Consent, ip_prefix: str = "") -> None:
    """Take a consent back, with every older one to the same document that still stands."""
    rules.can_withdraw_consent(actor, consent).require()
    standing = Consent.objects.visible_to(actor).standing()
    facts = {"at": clock.now(), "via": actor.via, "ip_prefix": ip_prefix}
    for row in standing.filter(version__kind=consent.version.kind).order_by("pk"):
        # No lock on an append-only table: the key lets one of two clicks through.
        _row, is_new = Withdrawal.objects.get_or_create(consent=row, defaults=facts)
        if is_new:
            audit.record(actor, "withdraw_consent", row, before={"version": row.version_id})


def _write_consents(
    actor: Actor, user_ids: Sequence[int], versions: Sequence[Version], ip_prefix: str
) -> None:
    """One row a person and version; what stands already is left as it is."""
    turns = _turns(user_ids, versions)
    new = [
        Consent(
            user_id=user_id,
            version=version,
            turn=turns.get((user_id, version.pk), 1),
            given_at=clock.now(),
            via=actor.via,
            ip_prefix=ip_prefix,
        )
        for user_id in user_ids
        for version in versions
    ]
    Consent.objects.bulk_create(new, ignore_conflicts=True)
    for version in versions:  # who agreed is in the consents themselves
        audit.record(actor, "give_consent", version, after={"people": list(user_ids)[:20]})


def _turns(user_ids: Sequence[int], versions: Sequence[Version]) -> dict[tuple[int, int], int]:
    """The turn that stands or comes next: one more than the withdrawn ones."""
    withdrawn = Withdrawal.objects.filter(
        consent__user__in=user_ids, consent__version__in=versions
    ).values_list("consent__user_id", "consent__version_id", "consent__turn")
    turns: dict[tuple[int, int], int] = {}
    for user_id, version_id, turn in withdrawn:
        key = (user_id, version_id)
        turns[key] = max(turns.get(key, 1), turn + 1)
    return turns
