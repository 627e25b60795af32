"""Who proposes and answers annual frameworks, and what of one makes sense."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden, unmet
from portal.parties.models import Party
from portal.parties.rules import can_manage_party, covers_region, is_member
from portal.parties.states import PartyKind
from portal.revenue.engine.agreement import LadderMode
from portal.revenue.models import AgreementVersion
from portal.revenue.rules import can_sign
from portal.revenue.states import Side, VersionStatus
from portal.tiers.framework_fields import FrameworkFields
from portal.tiers.framework_states import (
    BINDING,
    MOST_BANDS,
    MOST_MEETINGS,
    MOST_MONTHS,
    RENEWS_BEFORE,
    FrameworkSide,
    FrameworkStatus,
)
from portal.tiers.models import Framework, StarBenefit, StarRuleSet, StarStanding
from portal.tiers.states import BenefitKind, Stars

MOST_FEN, MOST_CREATORS, MOST_EXTRAS, MOST_NOTE, MOST_CLOSING = 10**13, 10_000, 1_000, 300, 600
AHEAD = timedelta(days=550)


def side_of(actor: Actor, party: Party) -> FrameworkSide:
    return FrameworkSide.AGENCY if actor.speaks_for(party.pk) else FrameworkSide.PLATFORM


def can_see_frameworks(actor: Actor) -> Verdict:
    if actor.has_perm("tiers.view_framework"):
        return ALLOWED
    if actor.party is not None and actor.party.kind == PartyKind.AGENCY:
        return ALLOWED
    return forbidden(_("Annual frameworks are between agencies and the platform."))


def may_manage_frameworks(actor: Actor) -> Verdict:
    if actor.has_perm("tiers.manage_framework"):
        return ALLOWED
    return forbidden(_("Only operators who keep annual frameworks may do this."))


def can_keep_framework(actor: Actor, party: Party) -> Verdict:
    """For the platform: an operator of its region who is nobody of the agency."""
    if not (verdict := may_manage_frameworks(actor)):
        return verdict
    if actor.role == SYSTEM:
        return ALLOWED
    if not covers_region(actor, party):
        return forbidden(_("This party is outside your regions."))
    if is_member(actor.user, party):
        return forbidden(_("Nobody decides about a party of their own."))
    return ALLOWED


def can_negotiate(actor: Actor, party: Party) -> Verdict:
    """One of the two sides: who signs for the agency, or an operator."""
    if actor.speaks_for(party.pk):
        return can_manage_party(actor, party) and can_sign(actor)
    return can_keep_framework(actor, party)


def has_benefit(party: Party) -> Verdict:
    """The tier says so: what its stars bring by the table that holds today."""
    held = StarStanding.objects.filter(party=party).values_list("stars", flat=True).first() or 0
    least = _least_stars()
    if least is None:
        return unmet(_("No tier brings an annual framework now."))
    if held >= least:
        return ALLOWED
    said = {"least": Stars(least).label, "held": Stars(held).label}
    return unmet(_("An annual framework comes with “%(least)s”; held: “%(held)s”.") % said)


def _least_stars() -> int | None:
    """From how many stars on: the lowest tier that brings it."""
    rules = StarRuleSet.objects.on(clock.today()).first()
    rows = StarBenefit.objects.filter(rules=rules, kind=BenefitKind.FRAMEWORK).order_by("stars")
    return rows.values_list("stars", flat=True).first() if rules else None


def can_propose_framework(actor: Actor, party: Party, before: Framework | None = None) -> Verdict:
    if party.kind != PartyKind.AGENCY:
        return unmet(_("Annual frameworks are for agencies."))
    if not (verdict := can_negotiate(actor, party)):
        return verdict
    if not party.is_trusted:
        return unmet(_("The agency must be verified first."))
    if not (verdict := has_benefit(party)):
        return verdict
    if before is not None:
        return _can_follow(before)
    return _nothing_waits(party)


def _nothing_waits(party: Party) -> Verdict:
    talked = Framework.objects.filter(party=party, status__in=["proposed", "negotiated"])
    if talked.exists():
        return conflict(_("A framework is being negotiated already; answer that one."))
    return ALLOWED


def _can_follow(before: Framework) -> Verdict:
    """The next one, while this runs out or once it was reviewed."""
    if before.renewals.exclude(status=FrameworkStatus.DROPPED).exists():
        return conflict(_("Its renewal is on the table already."))
    if before.status == FrameworkStatus.REVIEWED:
        return _nothing_waits(before.party)
    if before.status != FrameworkStatus.RUNNING:
        return conflict(_("Only what runs or was reviewed is renewed; propose a new one."))
    if clock.today() < before.ends_on - RENEWS_BEFORE:
        day = (before.ends_on - RENEWS_BEFORE).isoformat()
        return conflict(_("Its renewal may be proposed from %(day)s on.") % {"day": day})
    return _nothing_waits(before.party)


def can_change_framework(actor: Actor, framework: Framework) -> Verdict:
    """Other terms for the months to come of what both signed."""
    if not (verdict := can_negotiate(actor, framework.party)):
        return verdict
    if framework.status not in BINDING:
        return conflict(_("Only what is signed and not over is changed."))
    if framework.agreement.versions.waiting().exists():
        return conflict(_("One version is waiting for its answer already."))
    if not months_to_come(framework):
        return conflict(_("No month is left to change; propose the renewal."))
    return ALLOWED


def months_to_come(framework: Framework) -> int:
    """Whole months that have not begun."""
    return sum(month.first_day > clock.today() for month in framework.months)


def can_answer_framework(
    actor: Actor, framework: Framework, version: AgreementVersion | None
) -> Verdict:
    """The side that did not propose it, while it waits."""
    if not (verdict := can_negotiate(actor, framework.party)):
        return verdict
    if version is None or not _waits(version):
        return conflict(_("No version waits for an answer."))
    if actor.role != SYSTEM and _is_own(actor, framework, version):
        return conflict(_("The other side answers what you proposed."))
    return ALLOWED


def can_accept_framework(
    actor: Actor, framework: Framework, version: AgreementVersion | None
) -> Verdict:
    if not (verdict := can_answer_framework(actor, framework, version)):
        return verdict
    if version is not None and version.starts_on <= clock.today():
        return conflict(_("Its first month has begun; answer with later days."))
    return ALLOWED if framework.status in BINDING else has_benefit(framework.party)


def can_withdraw_framework(
    actor: Actor, framework: Framework, version: AgreementVersion | None
) -> Verdict:
    if not (verdict := can_negotiate(actor, framework.party)):
        return verdict
    if version is None or not _waits(version):
        return conflict(_("No version waits for an answer."))
    if not _is_own(actor, framework, version):
        return conflict(_("Only the side that proposed it can take it back."))
    return ALLOWED


def _waits(version: AgreementVersion) -> bool:
    return version.status == VersionStatus.OPEN and version.expires_at > clock.now()


def _is_own(actor: Actor, framework: Framework, version: AgreementVersion) -> bool:
    proposed_by_agency = version.proposed_by == Side.PAYEE
    return proposed_by_agency == (side_of(actor, framework.party) == FrameworkSide.AGENCY)


# --- what makes sense ----------------------------------------------------------------------------


def framework_is_sound(fields: FrameworkFields, changed: Framework | None = None) -> Verdict:
    return flawless(flaws_of_framework(fields, changed))


def flaws_of_framework(fields: FrameworkFields, changed: Framework | None = None) -> Iterator[Flaw]:
    """`changed`: what both signed, whose months to come get other terms."""
    yield from _flaws_of_term(fields, changed)
    yield from _flaws_of_targets(fields)
    yield from flaws_of_ladder(fields)
    yield from _flaws_of_rest(fields)


def _flaws_of_term(fields: FrameworkFields, changed: Framework | None) -> Iterator[Flaw]:
    today = clock.today()
    if fields.starts_on.day != 1:
        yield Flaw("starts_on", _("A framework begins with a month."))
    elif not today < fields.starts_on <= today + AHEAD:
        yield Flaw("starts_on", _("From next month on, and within a year and a half."))
    elif changed is not None and not changed.starts_on <= fields.starts_on < changed.ends_on:
        yield Flaw("starts_on", _("Within the term of what both signed."))
    if not 1 <= len(fields.targets) <= MOST_MONTHS:
        yield Flaw("targets", _("From one to twelve months."))
    elif changed is not None and fields.ends_on != changed.ends_on:
        yield Flaw("targets", _("A change keeps the last day of what both signed."))


def _flaws_of_targets(fields: FrameworkFields) -> Iterator[Flaw]:
    if any(not 0 <= target <= MOST_FEN for target in fields.targets):
        yield Flaw("targets", _("This is out of range."))
    elif fields.targets and not fields.total:
        yield Flaw("targets", _("Say what is to be reached in at least one month."))
    if not 0 <= fields.creators <= MOST_CREATORS:
        yield Flaw("creators", _("This is out of range."))


def flaws_of_ladder(fields: FrameworkFields) -> Iterator[Flaw]:
    tops = [top for top, _rate in fields.bands]
    limits = [top for top in tops[:-1] if top is not None]
    if not 1 <= len(tops) <= MOST_BANDS:
        yield Flaw("bands", _("From one to four steps."))
    elif tops[-1] is not None or len(limits) != len(tops) - 1:
        yield Flaw("bands", _("Each step but the last says up to where; the last has no limit."))
    elif any(above <= below for below, above in zip([0, *limits], limits, strict=False)):
        yield Flaw("bands", _("Each step must end above the one before it."))
    if any(not 0 <= rate <= 10_000 for _top, rate in fields.bands):
        yield Flaw("bands", _("Enter a share from 0% to 100%."))
    if fields.mode not in list(LadderMode):
        yield Flaw("mode", _("Choose one from the list."))


def _flaws_of_rest(fields: FrameworkFields) -> Iterator[Flaw]:
    last = fields.ends_on + timedelta(days=60)
    if len(fields.meetings) > MOST_MEETINGS:
        yield Flaw("meetings", _("At most six review meetings."))
    if any(not fields.starts_on <= day <= last for day in fields.meetings):
        yield Flaw("meetings", _("Within the term, or in the 60 days after it."))
    if not fields.meetings:
        yield Flaw("meetings", _("Name at least one day on which both look at it."))
    if len(fields.extras) > MOST_EXTRAS:
        yield Flaw("extras", _("At most 1,000 characters."))
    if len(fields.note) > MOST_NOTE:
        yield Flaw("note", _("At most 300 characters."))
