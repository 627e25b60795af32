"""What parties, people and notices hold of a person, told and forgotten.

Trade stays: agreements, the roster's periods, who did what to which number. What identifies a
natural person in them goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from portal.core import clock, sealing, vault
from portal.core.actor import system_actor
from portal.core.files import delete_file
from portal.core.models import AuditEntry, IdempotencyKey, StoredFile
from portal.moderation.models import Case
from portal.notices.models import AnnouncementDismissal, Notice, NoticeChoice, Visit
from portal.parties.holdings import ACCOUNT, kept_by_law, register_holding
from portal.parties.models import (
    Claim,
    ClaimStatement,
    Guardian,
    Invitation,
    ListingBefore,
    Membership,
    OwnedAccount,
    Party,
    PartyAppeal,
    PayoutAccount,
    RealName,
    RosterEntry,
    User,
    Viewing,
)
from portal.parties.states import ClaimStatus, InvitationStatus, Role
from portal.policies.models import Consent

GONE = "—"
GONE_HOST = "erased.invalid"
ERASER = system_actor("task")


def tell_account(person: User) -> dict[str, Any]:
    told = {name: getattr(person, name) for name in ("email", "name", "phone", "language")}
    return told | {"joined": person.date_joined, "last_signed_in": person.last_login}


def forget_account(person: User, own: Sequence[Party]) -> None:
    """Whatever hangs on the account goes with it; the row stays, so that the trail keeps its
    numbers."""
    _forget_invitations(person)
    _forget_in_notices([person.name, person.email or ""])
    Membership.objects.filter(user=person).delete()
    for relation in User._meta.related_objects:
        if relation.on_delete is models.CASCADE and not relation.related_model._meta.auto_created:
            rows = relation.related_model._base_manager
            rows.filter(**{relation.field.name: person}).delete()
    person.groups.clear()
    IdempotencyKey.objects.filter(credential__startswith=f"user:{person.pk}:").delete()
    person.email, person.phone, person.name = None, None, GONE
    person.is_active, person.last_login = False, None
    person.set_unusable_password()
    person.save()
    sealing.destroy_key(f"user:{person.pk}")


def _forget_invitations(person: User) -> None:
    """Their address in invitations of theirs, answered or not."""
    theirs = Q(accepted_by=person)
    if person.email:
        theirs |= Q(email__iexact=person.email)
    if person.phone:
        theirs |= Q(phone=person.phone)
    mine = Invitation.objects.filter(theirs)
    mine.filter(status=InvitationStatus.PENDING).update(
        status=InvitationStatus.EXPIRED, ended_at=clock.now()
    )
    mine.exclude(email="").update(email=f"erased@{GONE_HOST}")
    mine.filter(email="").update(phone=GONE)


def tell_parties(person: User) -> list[dict[str, Any]]:
    names = ("kind", "name", "legal_name", "uscc", "contact_name", "contact_phone", "intro")
    memberships = Membership.objects.filter(user=person).select_related("party")
    return [
        {
            "role": row.role,
            "since": row.created_at,
            "number": row.party_id,
            "status": row.party.status,
        }
        | ({name: getattr(row.party, name) for name in names} if row.role == "owner" else {})
        for row in memberships.order_by("pk")
    ]


def forget_parties(person: User, own: Sequence[Party]) -> None:
    for party in own:
        names: list[str | None] = [party.contact_name]
        if party.is_natural_person:
            names += [party.name, party.legal_name]
            party.name, party.legal_name, party.intro = f"{GONE}{party.pk}", GONE, ""
            party.wanted_name = ""
            sealing.destroy_key(party.subject)
            RosterEntry.objects.filter(creator=party).update(name=GONE, account="", phone="")
            ListingBefore.objects.filter(party=party).delete()
        party.contact_name, party.contact_phone, party.status_note = GONE, "", ""
        party.save()
        _forget_in_notices(names)


def tell_real_names(person: User) -> list[dict[str, Any]]:
    theirs = RealName.objects.filter(
        party__membership__user=person, party__membership__role=Role.OWNER
    )
    rows = theirs.select_related("guardian").order_by("pk")
    return [{**_told(row), "guardian": _told_guardian(row)} for row in rows]


def _told(row: RealName) -> dict[str, Any]:
    return {"party": row.party_id, "name": row.name, "number": vault.unseal(row.number_sealed)}


def _told_guardian(row: RealName) -> dict[str, Any] | None:
    guardian = getattr(row, "guardian", None)
    if guardian is None:
        return None
    return {"name": guardian.name, "phone": vault.unseal(guardian.phone_sealed)}


def forget_real_names(person: User, own: Sequence[Party]) -> None:
    """A guardian goes at once. Who was paid stays as long as the law wants it, with the name and
    the sealed number; `services.forget_kept_names` removes them after that."""
    keys = [party.pk for party in own]
    names = RealName.objects.filter(party__in=keys)
    Guardian.objects.filter(real_name__in=names).delete()
    names.exclude(party__in=kept_by_law(keys)).delete()


def tell_payouts(person: User) -> list[dict[str, Any]]:
    theirs = PayoutAccount.objects.filter(
        party__membership__user=person, party__membership__role=Role.OWNER
    ).exclude(number_sealed=b"")
    return [
        {
            "party": row.party_id,
            "bank": row.bank,
            "holder": row.holder,
            "number": vault.unseal(row.number_sealed),
            "status": row.status,
        }
        for row in theirs.order_by("entered_at")
    ]


def forget_payouts(person: User, own: Sequence[Party]) -> None:
    """A natural person's; the row stays, for its history. The bank's files keep what was sent."""
    natural = [party.pk for party in own if party.is_natural_person]
    PayoutAccount.objects.filter(party__in=natural).update(
        bank=GONE,
        branch="",
        bank_code="",
        holder=GONE,
        number_sealed=b"",
        number_print="0" * 64,
        last4="",
    )


def tell_owned(person: User) -> list[dict[str, Any]]:
    theirs = OwnedAccount.objects.filter(
        party__membership__user=person, party__membership__role=Role.OWNER
    )
    names = ("party_id", "platform", "handle", "name", "status", "claimed_at")
    return [dict(row) for row in theirs.order_by("claimed_at").values(*names)]


def forget_owned(person: User, own: Sequence[Party]) -> None:
    """Which account a natural person had; that one was proven stays."""
    natural = [party.pk for party in own if party.is_natural_person]
    for account in OwnedAccount.objects.filter(party__in=natural):
        account.handle, account.name = f"{GONE}{account.pk}", GONE
        account.save(update_fields=["handle", "name"])


def _forget_in_notices(names: Sequence[str | None]) -> None:
    """Their names in what others were told."""
    for name in {name for name in names if name and len(name) > 1}:
        told = Notice.objects.annotate(said=Cast("params", models.TextField()))
        for notice in told.filter(said__contains=name):
            notice.params = {
                key: value.replace(name, GONE) if isinstance(value, str) else value
                for key, value in notice.params.items()
            }
            notice.save(update_fields=["params"])


def tell_notices(person: User) -> list[dict[str, Any]]:
    rows = Notice.objects.filter(user=person).order_by("pk")
    return [
        {"at": notice.created_at, "text": notice.text, "read": notice.read_at} for notice in rows
    ]


def tell_choices(person: User) -> list[dict[str, Any]]:
    rows = NoticeChoice.objects.filter(user=person).order_by("topic")
    return [dict(row) for row in rows.values("topic", "mail", "sms", "bot")]


def tell_put_away(person: User) -> list[dict[str, Any]]:
    rows = AnnouncementDismissal.objects.filter(user=person).order_by("pk")
    return [dict(row) for row in rows.values("announcement__title_zh", "at")]


def tell_visits(person: User) -> list[dict[str, Any]]:
    rows = Visit.objects.filter(user=person).order_by("pk")
    return [dict(row) for row in rows.values("party_id", "since", "at")]


def forget_nothing(person: User, own: Sequence[Party]) -> None:
    """Goes with the account, or is a number of the trail."""


def tell_trail(person: User) -> list[dict[str, Any]]:
    rows = AuditEntry.objects.filter(user=person).order_by("pk")
    return [dict(row) for row in rows.values("at", "verb", "object_type", "object_id", "via")]


def tell_files(person: User) -> list[dict[str, Any]]:
    rows = StoredFile.objects.alive().filter(uploaded_by=person).order_by("created_at")
    return [dict(row) for row in rows.values("purpose", "name", "size", "created_at")]


def forget_files(person: User, own: Sequence[Party]) -> None:
    """Personal files of theirs, and all of a natural person's party."""
    natural = [party.pk for party in own if party.is_natural_person]
    theirs = Q(uploaded_by=person, is_personal=True) | Q(party_id__in=natural)
    for file in StoredFile.objects.filter(theirs | Q(uploaded_by=person, attached_at=None)):
        delete_file(ERASER, file=file, why="erasure")
        StoredFile.objects.filter(pk=file.pk).update(name=GONE)


def tell_consents(person: User) -> list[dict[str, Any]]:
    rows = Consent.objects.filter(user=person).order_by("pk")
    names = ("version__kind", "version__number", "given_at", "via", "ip_prefix", "withdrawal__at")
    return [dict(row) for row in rows.values(*names)]


def tell_cases(person: User) -> list[dict[str, Any]]:
    rows = Case.objects.filter(author=person).order_by("pk")
    return [dict(row) for row in rows.values("field", "excerpt", "state", "reason", "appeal")]


def forget_cases(person: User, own: Sequence[Party]) -> None:
    """The decision stays, the words go."""
    cases = Case.objects.filter(author=person)
    cases.update(excerpt="", words=[])
    cases.exclude(appeal="").update(appeal=GONE)


def tell_appeals(person: User) -> list[dict[str, Any]]:
    rows = PartyAppeal.objects.filter(filed_by=person).order_by("filed_at")
    return [dict(row) for row in rows.values("party_id", "filed_at", "text", "status")]


def forget_appeals(person: User, own: Sequence[Party]) -> None:
    """What a natural person's party wrote; a firm's words are the firm's."""
    natural = [party.pk for party in own if party.is_natural_person]
    PartyAppeal.objects.filter(party__in=natural).update(text=GONE)


def tell_claims(person: User) -> list[dict[str, Any]]:
    said = ClaimStatement.objects.filter(claim__claimant=person).order_by("pk")
    return [
        dict(row)
        for row in said.values("claim__party_id", "claim__status", "is_operator", "text", "at")
    ]


def forget_claims(person: User, own: Sequence[Party]) -> None:
    """That somebody claimed the party stays, what they said of themselves goes."""
    Claim.objects.running().filter(claimant=person).update(
        status=ClaimStatus.WITHDRAWN, ended_at=clock.now()
    )
    ClaimStatement.objects.filter(claim__claimant=person).update(text=GONE)


def tell_viewings(person: User) -> list[dict[str, Any]]:
    """Operators who saw the site as this person; which of them is the platform's to know."""
    looks = Viewing.objects.of_person(person)
    return [dict(row) for row in looks.values("begun_at", "ended_at", "reason", "pages")]


def forget_viewings(person: User, own: Sequence[Party]) -> None:
    """That somebody looked stays."""
    Viewing.objects.of_person(person).update(reason=GONE)


def tell_bindings(person: User) -> list[dict[str, Any]]:
    """Chat apps that open the account; they go with it."""
    rows = SocialAccount.objects.filter(user=person).order_by("pk")
    return [dict(row) for row in rows.values("provider", "uid", "date_joined", "last_login")]


register_holding("bindings", tell_bindings, forget_nothing)
register_holding("viewings", tell_viewings, forget_viewings)
register_holding("claims", tell_claims, forget_claims)


register_holding("real_names", tell_real_names, forget_real_names)
register_holding("payouts", tell_payouts, forget_payouts)
register_holding("owned_accounts", tell_owned, forget_owned)
register_holding("appeals", tell_appeals, forget_appeals)
register_holding("consents", tell_consents, forget_nothing)
register_holding("cases", tell_cases, forget_cases)
register_holding("files", tell_files, forget_files)
register_holding("notices", tell_notices, forget_nothing)
register_holding("notice_choices", tell_choices, forget_nothing)
register_holding("announcements_put_away", tell_put_away, forget_nothing)
register_holding("visits", tell_visits, forget_nothing)
register_holding("trail", tell_trail, forget_nothing)
register_holding("parties", tell_parties, forget_parties)
register_holding(ACCOUNT, tell_account, forget_account)
