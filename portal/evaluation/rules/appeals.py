"""Who may appeal against a number, until when, and who examines and decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden
from portal.evaluation.calendar import appeals_end
from portal.evaluation.fields import AppealFields
from portal.evaluation.models import Appeal, Rating, Snapshot
from portal.evaluation.rules.reappeals import may_appeal_again
from portal.evaluation.states import AppealStatus, SnapshotKind, SnapshotStatus
from portal.parties import states as party_states
from portal.parties.models import Party
from portal.parties.rules import can_manage_party, covers_region, is_member

MOST_EVIDENCE, MOST_TEXT, MOST_SENTENCE = 3, 2_000, 600


def appeals_until(snapshot: Snapshot) -> date | None:
    """The last day for appeals against a preview; None for anything else."""
    shown_at = snapshot.first_published_at
    if snapshot.kind != SnapshotKind.PREVIEW or shown_at is None:
        return None
    return appeals_end(clock.day_of(shown_at))


def can_appeal_rating(actor: Actor, rating: Rating) -> Verdict:
    """Those who sign for the party, while the preview is open to appeals."""
    if not (verdict := can_manage_party(actor, rating.party)):
        return verdict
    until = appeals_until(rating.snapshot)
    if until is None:
        return conflict(_("Appeals are against the numbers of a preview."))
    if rating.snapshot.status == SnapshotStatus.REPLACED:
        return conflict(_("This preview was made again; look at the newer one."))
    if rating.snapshot.status != SnapshotStatus.PUBLISHED:
        return conflict(_("This snapshot is not published."))
    if clock.today() > until:
        return conflict(_("The 10 working days for appeals are over; the next preview opens it."))
    return ALLOWED


def can_file_appeal(actor: Actor, rating: Rating, indicator: str) -> Verdict:
    """One an indicator and preview, and after it is made again only where other data changed; a
    withdrawn one does not count."""
    if not (verdict := can_appeal_rating(actor, rating)):
        return verdict
    if not rating.values.filter(indicator=indicator).exists():
        return flawless([Flaw("indicator", _("Choose one from the list."))])
    filed = Appeal.objects.filter(rating=rating, indicator=indicator)
    if filed.exclude(status=AppealStatus.WITHDRAWN).exists():
        return conflict(_("An appeal against this number was filed already."))
    return may_appeal_again(rating, indicator)


def can_withdraw_appeal(actor: Actor, appeal: Appeal) -> Verdict:
    if not (verdict := can_manage_party(actor, appeal.party)):
        return verdict
    return ALLOWED if appeal.is_running else conflict(_("This appeal has ended already."))


def can_examine_appeal(actor: Actor, appeal: Appeal) -> Verdict:
    if not (verdict := may_decide_for(actor, appeal.party)):
        return verdict
    if appeal.status != AppealStatus.FILED:
        return conflict(_("This appeal was examined or withdrawn already."))
    return ALLOWED


def can_decide_appeal(actor: Actor, appeal: Appeal) -> Verdict:
    """A second person: never the one who examined it, never somebody of the party."""
    if not (verdict := may_decide_for(actor, appeal.party)):
        return verdict
    if appeal.status == AppealStatus.FILED:
        return conflict(_("Somebody examines it first; then a second person decides."))
    if appeal.status != AppealStatus.EXAMINED:
        return conflict(_("This appeal has ended already."))
    if actor.user_id == appeal.examiner_id:
        return forbidden(_("Who examined an appeal does not decide it; a second person must."))
    return ALLOWED


def may_decide_appeals(actor: Actor) -> Verdict:
    if actor.has_perm("evaluation.decide_appeal"):
        return ALLOWED
    return forbidden(_("Only those who decide appeals against ratings may do this."))


def may_decide_for(actor: Actor, party: Party) -> Verdict:
    if not (verdict := may_decide_appeals(actor)):
        return verdict
    if actor.user is None:
        return forbidden(_("An appeal is decided by people."))
    if not covers_region(actor, party):
        return forbidden(_("This party is outside your regions."))
    if is_member(actor.user, party):
        return forbidden(_("Nobody decides about a party of their own."))
    return ALLOWED


def can_read_appeal_evidence(actor: Actor, appeal: Appeal) -> Verdict:
    """Those who sign for the party, and those who decide appeals of its region."""
    if actor.role == SYSTEM:
        return ALLOWED
    if not actor.speaks_for(appeal.party_id):
        return may_decide_for(actor, appeal.party)
    if actor.role in party_states.MANAGING:
        return ALLOWED
    return forbidden(_("Only the owner or a manager of the party may do this."))


def appeal_is_sound(fields: AppealFields) -> Verdict:
    return flawless(flaws_of_appeal(fields))


def flaws_of_appeal(fields: AppealFields) -> Iterator[Flaw]:
    if not fields.text.strip():
        yield Flaw("text", _("Say what is wrong with the number."))
    elif len(fields.text.strip()) > MOST_TEXT:
        yield Flaw("text", _("At most 2,000 characters."))
    if len(fields.evidence) > MOST_EVIDENCE:
        yield Flaw("evidence", _("At most three files."))


def finding_is_sound(finding: str, proposed: str) -> Verdict:
    flaws = []
    if not finding.strip():
        flaws.append(Flaw("finding", _("Say what you found; the second person reads it.")))
    elif len(finding.strip()) > MOST_TEXT:
        flaws.append(Flaw("finding", _("At most 2,000 characters.")))
    if not proposed:
        flaws.append(Flaw("proposed", _("Please choose.")))
    return flawless(flaws)


def sentence_is_sound(sentence: str) -> Verdict:
    if not sentence.strip():
        return flawless([Flaw("sentence", _("Say why; the party reads this sentence."))])
    if len(sentence.strip()) > MOST_SENTENCE:
        return flawless([Flaw("sentence", _("At most 600 characters."))])
    return ALLOWED
