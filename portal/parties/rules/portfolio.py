"""Who may describe a provider's team and cases, and who confirms a case."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.forms import MAX_FEN
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
from portal.moderation.rules import flaws_of_words
from portal.parties import states
from portal.parties.fields import ClientCaseFields, StaffFields
from portal.parties.models import Category, ClientCase, Party, StaffMember
from portal.parties.profile_states import (
    CASE_TRANSITIONS,
    CHANGEABLE_CASES,
    CaseStatus,
    StaffRole,
)
from portal.parties.rules.parties import can_edit_party, covers_region, is_member
from portal.parties.states import PartyKind

MOST_STAFF = 300
MOST_CASES, MOST_CASES_EVER = 50, 200  # standing; with those taken down, whose evidence is kept
MOST_CERTIFICATES = 3
MOST_YEARS = 50
MOST_EVIDENCE = 5


def can_describe_provider(actor: Actor, party: Party) -> Verdict:
    if party.kind != PartyKind.PROVIDER:
        return forbidden(_("Only a service provider has a team and cases."))
    return can_edit_party(actor, party)


def can_add_staff(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_describe_provider(actor, party)):
        return verdict
    if StaffMember.objects.working().filter(party=party).count() >= MOST_STAFF:
        return conflict(_("At most %(n)s people stand in a team here.") % {"n": MOST_STAFF})
    return ALLOWED


def can_change_staff(actor: Actor, member: StaffMember) -> Verdict:
    if not (verdict := can_describe_provider(actor, member.party)):
        return verdict
    if member.left_at is not None:
        return conflict(_("This person has left the team."))
    return ALLOWED


def flaws_of_staff(fields: StaffFields) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "name")
    if not fields.name.strip():
        yield Flaw("name", _("Please fill this in."))
    if fields.role not in StaffRole.values:
        yield Flaw("role", _("Choose one from the list."))
    if not 0 <= fields.years <= MOST_YEARS:
        yield Flaw("years", _("From 0 to %(most)s.") % {"most": MOST_YEARS})
    if len(fields.certificates) > MOST_CERTIFICATES:
        most = {"n": MOST_CERTIFICATES}
        yield Flaw("certificates", _("At most %(n)s certificates a person.") % most)
    for certificate in fields.certificates:
        if not (certificate.title.strip() and certificate.issuer.strip()):
            yield Flaw("certificates", _("Say what each certificate is and who issued it."))
        day = certificate.expires_on
        if day is not None and day < clock.today():
            yield Flaw("certificates", _("A certificate whose last day has passed proves nothing."))


def staff_is_sound(fields: StaffFields) -> Verdict:
    return flawless(flaws_of_staff(fields))


def can_issue_to_staff(actor: Actor) -> Verdict:
    """What this site issued is no word of the party's."""
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("Certificates of this site are issued by the platform itself."))


# --- cases ----------------------------------------------------------------------------------------


def can_write_case(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_describe_provider(actor, party)):
        return verdict
    if ClientCase.objects.standing().filter(party=party).count() >= MOST_CASES:
        return conflict(
            _("At most %(n)s cases stand here; take one down first.") % {"n": MOST_CASES}
        )
    if ClientCase.objects.filter(party=party).count() >= MOST_CASES_EVER:
        return conflict(_("Too many cases were written and taken down; ask the platform."))
    return ALLOWED


def can_change_case(actor: Actor, case: ClientCase) -> Verdict:
    if not (verdict := can_describe_provider(actor, case.party)):
        return verdict
    if case.status == CaseStatus.VERIFIED:
        return conflict(
            _("A verified case stays as it was checked; take it down to write another.")
        )
    if case.status not in CHANGEABLE_CASES:
        return conflict(_("This is not possible in the case's present state."))
    return ALLOWED


def can_ask_check(actor: Actor, case: ClientCase) -> Verdict:
    if not (verdict := can_change_case(actor, case)):
        return verdict
    if not case.party.is_trusted:
        return conflict(_("Cases are checked once the party itself is verified."))
    if not case.evidence.exists():
        return unmet(_("Add evidence first: a statement, a contract or a screenshot of the shop."))
    return ALLOWED


def can_recall_case(actor: Actor, case: ClientCase) -> Verdict:
    if not (verdict := can_describe_provider(actor, case.party)):
        return verdict
    if case.status != CaseStatus.CHECKING:
        return conflict(_("This case is not being checked."))
    return ALLOWED


def can_withdraw_case(actor: Actor, case: ClientCase) -> Verdict:
    if not (verdict := can_describe_provider(actor, case.party)):
        return verdict
    if case.status == CaseStatus.WITHDRAWN:
        return conflict(_("This case was taken down already."))
    return ALLOWED


def can_check_case(actor: Actor, case: ClientCase) -> Verdict:
    if not (verdict := may_check_cases(actor, case.party)):
        return verdict
    if case.status != CaseStatus.CHECKING:
        return conflict(_("This case is not waiting for a check."))
    return ALLOWED


def may_check_cases(actor: Actor, party: Party) -> Verdict:
    """Whether this operator is one for this party's cases."""
    if not actor.has_perm("parties.check_clientcase"):
        return forbidden(_("Only operators who read the settlements confirm cases."))
    if actor.user is not None and not covers_region(actor, party):
        return forbidden(_("This party is outside your regions."))
    if actor.user is not None and is_member(actor.user, party):
        return forbidden(_("Nobody decides about a party of their own."))
    return ALLOWED


def can_read_case_evidence(actor: Actor, case: ClientCase) -> Verdict:
    """Those who sign for the party, and those who check its cases."""
    if actor.role == SYSTEM:
        return ALLOWED
    if not actor.speaks_for(case.party_id):
        return may_check_cases(actor, case.party)
    if actor.role in states.MANAGING:
        return ALLOWED
    return forbidden(_("Only the owner or a manager of the party may do this."))


def can_become_case(case: ClientCase, status: CaseStatus) -> bool:
    return status in CASE_TRANSITIONS[case.status]


def flaws_of_case(fields: ClientCaseFields) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "title", "client")
    yield from flaws_of_words(fields, "title", "client", "summary")
    for name in ("title", "client", "summary"):
        if not getattr(fields, name).strip():
            yield Flaw(name, _("Please fill this in."))
    if not Category.objects.filter(pk=fields.category_id, parent=None).exists():
        yield Flaw("category_id", _("Choose one from the list."))
    if fields.ends_on < fields.starts_on:
        yield Flaw("ends_on", _("Not before the first day."))
    if fields.ends_on > clock.today():
        yield Flaw("ends_on", _("This day has not come yet."))
    if not 0 < fields.gmv_fen <= MAX_FEN:
        yield Flaw("gmv_fen", _("Enter an amount above ¥0."))


def case_is_sound(fields: ClientCaseFields) -> Verdict:
    return flawless(flaws_of_case(fields))


def settlements_confirm(case: ClientCase, settled_fen: int, basis: str) -> Verdict:
    """The mark says that the platform's own settlements reach the claim; nothing less."""
    if not basis.strip():
        return unmet(_("Name the statements you compared."))
    if not 0 <= settled_fen <= MAX_FEN:
        return unmet(_("Enter an amount from ¥0 to ¥100,000,000,000."))
    if settled_fen < case.gmv_fen:
        return unmet(_("The settlements do not reach the amount claimed; refuse the mark instead."))
    return ALLOWED
