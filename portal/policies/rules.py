"""Who proposes and approves rules; who may publish documents, and what somebody must have agreed
to first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden, unmet
from portal.policies.fields import DatedFields, DraftFields, FeeFields
from portal.policies.models import Announced, Consent, FeeProposal, Proposed, Version
from portal.policies.states import (
    AT_SIGN_UP,
    NOTICE_PERIOD,
    UNITS,
    DatedKind,
    DocumentKind,
    FeeKind,
    ProductSource,
    Unit,
)

DECIDED_BY = _("Only operators who may approve rules decide this.")
RATES_DECIDED_BY = _("Only operators who may approve rates decide this.")
SECOND_PERSON = _("Who proposed a rule does not approve it; a second person must.")


def can_approve_announced(actor: Actor, row: Announced) -> Verdict:
    """A second person, and still a week before it begins."""
    if not (verdict := can_approve_proposed(actor, row)):
        return verdict
    if row.starts_on < clock.today() + NOTICE_PERIOD:
        return unmet(_("It would begin in less than 7 days; refuse it and propose a later day."))
    return ALLOWED


def can_approve_proposed(
    actor: Actor,
    row: Proposed,
    *,
    who: str | Promise = DECIDED_BY,
    second: str | Promise = SECOND_PERSON,
) -> Verdict:
    if not (verdict := can_refuse_proposed(actor, row, who=who)):
        return verdict
    return forbidden(second) if row.proposed_by_id == actor.user_id else ALLOWED


def can_refuse_proposed(actor: Actor, row: Proposed, *, who: str | Promise = DECIDED_BY) -> Verdict:
    if not actor.has_perm(row.permission("approve")):
        return forbidden(who)
    if not row.is_waiting:
        return conflict(_("This was decided already."))
    return ALLOWED


def flaws_of_announcement(starts_on: date, source: str) -> Iterator[Flaw]:
    if starts_on < clock.today() + NOTICE_PERIOD:
        yield Flaw("starts_on", _("Changes are announced at least 7 days before they begin."))
    if not source.strip():
        yield Flaw("source", _("Say where this is from."))


def can_publish_version(actor: Actor) -> Verdict:
    if actor.has_perm("policies.publish_version"):
        return ALLOWED
    return forbidden(_("Only operators may write and publish documents."))


def version_may_begin(last: Version | None, effective_from: datetime) -> Verdict:
    """The first version may begin at once; a change is announced at least seven days ahead and
    comes after the one before it."""
    if last is None:
        return ALLOWED
    if effective_from < clock.now() + NOTICE_PERIOD:
        return unmet(_("Changes are announced at least 7 days before they begin."))
    if effective_from <= last.effective_from:
        return conflict(_("A version that begins later is announced already."))
    return ALLOWED


def draft_is_sound(fields: DraftFields, *, is_first: bool) -> Verdict:
    return flawless(flaws_of_draft(fields, is_first=is_first))


def flaws_of_draft(fields: DraftFields, *, is_first: bool) -> Iterator[Flaw]:
    names = ["text_zh", "text_en"] if is_first else ["text_zh", "text_en", "changes_zh"]
    names += [] if is_first else ["changes_en"]
    for name in names:
        if not getattr(fields, name).strip():
            yield Flaw(name, _("Please fill this in."))


def can_give_consent(actor: Actor) -> Verdict:
    if actor.is_signed_in:
        return ALLOWED
    return forbidden(_("Sign in first."))


def can_withdraw_consent(actor: Actor, consent: Consent) -> Verdict:
    if actor.user_id != consent.user_id:
        return forbidden(_("Only the person who gave a consent takes it back."))
    if hasattr(consent, "withdrawal"):
        return conflict(_("This consent was withdrawn already."))
    return ALLOWED


def require_consent(actor: Actor, kind: DocumentKind) -> Verdict:
    """Whether the acting person agreed to this document as it is now. Ask it where the consent is
    needed; the page to give it is `/accounts/consents/asked/?kind=…`."""
    if actor.role == SYSTEM:
        return ALLOWED
    if actor.user is None:
        return forbidden(_("Sign in first."))
    lacking = Version.objects.filter(kind=kind).in_force(clock.now())
    if lacking.without_consent_of(actor.user.pk).exists():
        sentence = _("Agree to this document first: %(title)s.")
        return unmet(sentence % {"title": DocumentKind(kind).label})
    return ALLOWED


def may_write(actor: Actor) -> Verdict:
    """Whoever signed in agreed to the terms and the privacy policy in force. Staff work by their
    employment, not by the terms."""
    if actor.user is None or actor.user.is_staff:
        return ALLOWED
    lacking = Version.objects.filter(kind__in=AT_SIGN_UP).in_force(clock.now())
    first = lacking.without_consent_of(actor.user.pk).order_by("pk").first()
    if first is None:
        return ALLOWED
    sentence = _("Agree to this document first: %(title)s.")
    return forbidden(sentence % {"title": first.title})


def can_announce_fee(actor: Actor) -> Verdict:
    """Without a second person: the demo's history alone."""
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("A rate is proposed by one person and announced by another."))


def can_propose_fee(actor: Actor) -> Verdict:
    if actor.has_perm("policies.propose_fee"):
        return ALLOWED
    return forbidden(_("Only operators propose rates of fees."))


def can_see_fee_proposals(actor: Actor) -> Verdict:
    if actor.has_perm("policies.view_feeproposal"):
        return ALLOWED
    return forbidden(_("Only operators see rates before they are announced."))


def can_approve_fee(actor: Actor, proposal: FeeProposal) -> Verdict:
    second = _("Who proposed a rate does not approve it; a second person must.")
    return can_approve_proposed(actor, proposal, who=RATES_DECIDED_BY, second=second)


def can_refuse_fee(actor: Actor, proposal: FeeProposal) -> Verdict:
    return can_refuse_proposed(actor, proposal, who=RATES_DECIDED_BY)


def fee_is_sound(fields: FeeFields) -> Verdict:
    return flawless(flaws_of_fee(fields))


def flaws_of_fee(fields: FeeFields) -> Iterator[Flaw]:
    """A rate is announced a week ahead; a relief may begin at once, and says when it ends."""
    earliest = clock.today() if fields.is_relief else clock.today() + NOTICE_PERIOD
    if fields.starts_on < earliest:
        yield Flaw("starts_on", _("Fees are announced at least 7 days before they begin."))
    if not 0 <= fields.rate_bp <= 10_000:
        yield Flaw("rate_bp", _("Enter a share from 0% to 100%."))
    if not fields.source.strip():
        yield Flaw("source", _("Say where this is from."))
    if fields.is_relief and fields.ends_on is None:
        yield Flaw("ends_on", _("Say when the relief ends."))
    if not fields.is_relief and fields.ends_on is not None:
        yield Flaw("ends_on", _("Only a relief ends by itself."))
    if fields.ends_on is not None and fields.ends_on <= fields.starts_on:
        yield Flaw("ends_on", _("The end comes after the beginning."))
    if fields.fee == FeeKind.TECHNICAL and fields.product_source:
        yield Flaw("product_source", _("The technical fee is the same for every source."))


def can_propose_dated_rule(actor: Actor) -> Verdict:
    if actor.has_perm("policies.propose_datedrule"):
        return ALLOWED
    return forbidden(_("Only operators propose rules of the platform."))


def dated_rule_is_sound(fields: DatedFields) -> Verdict:
    return flawless(flaws_of_dated_rule(fields))


def flaws_of_dated_rule(fields: DatedFields) -> Iterator[Flaw]:
    if fields.kind not in DatedKind.values:
        yield Flaw("kind", _("Choose one from the list."))
    elif UNITS[DatedKind(fields.kind)] is Unit.SHARE and not 0 <= fields.value <= 10_000:
        yield Flaw("value", _("Enter a share from 0% to 100%."))
    if fields.product_source not in ("", *ProductSource.values):
        yield Flaw("product_source", _("Choose one from the list."))
    if fields.value < 0:
        yield Flaw("value", _("This cannot be below zero."))
    yield from flaws_of_announcement(fields.starts_on, fields.source)
