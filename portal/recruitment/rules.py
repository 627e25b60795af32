"""Who opens rounds, who applies and under which conditions, and who answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.money import Money
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
from portal.parties import states as party_states
from portal.parties.models import Party
from portal.parties.rules import can_manage_party, covers_region, is_member
from portal.parties.states import PartyKind, PartyStatus
from portal.recruitment import states
from portal.recruitment.fields import ApplicationFields, RoundFields
from portal.recruitment.models import Application, Round
from portal.recruitment.states import ApplicationStatus, RoundStatus

MOST_QUESTIONS, MOST_PAPERS = 5, 3
GONE = {PartyStatus.REFUSED, PartyStatus.SUSPENDED, PartyStatus.CLOSED}


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing a round asks of a provider, and why this one does not have it."""

    sentence: str
    lack: str = ""

    @property
    def is_met(self) -> bool:
        return not self.lack


def can_manage_rounds(actor: Actor) -> Verdict:
    if actor.has_perm("recruitment.manage_round"):
        return ALLOWED
    return forbidden(gettext_lazy("Only those who recruit providers may do this."))


def can_edit_round(actor: Actor, round_: Round) -> Verdict:
    if not (verdict := can_manage_rounds(actor)):
        return verdict
    if round_.status != RoundStatus.DRAFT:
        return conflict(gettext_lazy("A published round stays as it was announced."))
    return ALLOWED


def can_publish_round(actor: Actor, round_: Round) -> Verdict:
    """Whoever publishes it leads it, and talks to the applicants."""
    if not (verdict := can_edit_round(actor, round_)):
        return verdict
    if actor.user is None or not actor.has_perm("help.answer_ticket"):
        return forbidden(gettext_lazy("Who leads a round also answers questions."))
    if round_.closes_at <= clock.now():
        return unmet(gettext_lazy("Its last moment has passed; choose a later one."))
    return ALLOWED


def can_close_round(actor: Actor, round_: Round) -> Verdict:
    """The clock closes it after its window; an operator earlier, too."""
    if not (verdict := can_manage_rounds(actor)):
        return verdict
    if round_.status != RoundStatus.PUBLISHED:
        return conflict(gettext_lazy("This round is not open."))
    return ALLOWED


def can_cancel_round(actor: Actor, round_: Round) -> Verdict:
    if not (verdict := can_manage_rounds(actor)):
        return verdict
    if round_.status not in {RoundStatus.DRAFT, RoundStatus.PUBLISHED}:
        return conflict(gettext_lazy("This round is over."))
    return ALLOWED


# --- conditions -----------------------------------------------------------------------------------


def conditions_of(round_: Round, party: Party | None) -> list[Condition]:
    """What the round asks, each answered for the party; without one, only said."""
    return [*_services(round_, party), *_categories(round_, party), *_price(round_, party)]


def _services(round_: Round, party: Party | None) -> Iterator[Condition]:
    sought = list(round_.services.all())
    if not sought:
        return
    sentence = _("Offers one of: %(names)s.") % {"names": _listed(s.name for s in sought)}
    profile = getattr(party, "profile", None)
    offered = {service.pk for service in profile.services.all()} if profile else set()
    lacks = party is not None and not offered & {service.pk for service in sought}
    yield Condition(sentence, _("Your profile names none of these services.") if lacks else "")


def _categories(round_: Round, party: Party | None) -> Iterator[Condition]:
    sought = list(round_.categories.all())
    if not sought:
        return
    least = max(round_.least_share, 1)
    names = _listed(category.name for category in sought)
    sentence = _("At least %(least)s%% of the business in: %(names)s.") % {
        "least": least,
        "names": names,
    }
    keys = {category.pk for category in sought}
    shares = party.category_shares.all() if party is not None else []
    has = sum(row.share for row in shares if row.category_id in keys)
    lacks = party is not None and has < least
    yield Condition(sentence, _("Your profile says %(has)s%%.") % {"has": has} if lacks else "")


def _price(round_: Round, party: Party | None) -> Iterator[Condition]:
    if round_.price_most_fen is None:
        return
    most = Money(round_.price_most_fen).short
    sentence = _("Monthly fee from %(most)s or less.") % {"most": most}
    profile = getattr(party, "profile", None)
    low = profile.price_low_fen if profile else None
    lack = ""
    if party is not None and (low is None or low > round_.price_most_fen):
        has = Money(low).short if low is not None else "—"
        lack = _("Yours begins at %(has)s.") % {"has": has}
    yield Condition(sentence, lack)


def _listed(names: Iterator[str]) -> str:
    return _(", ").join(names)


# --- applying -------------------------------------------------------------------------------------


def can_apply(actor: Actor, round_: Round) -> Verdict:
    """A provider, verified or not, that meets the conditions, inside the window, once."""
    party = actor.party
    if party is None or party.kind != PartyKind.PROVIDER:
        return forbidden(gettext_lazy("Only a service provider applies; register as one first."))
    if not (verdict := can_manage_party(actor, party)):
        return verdict
    if party.status in GONE:
        return conflict(gettext_lazy("This party is refused, suspended or closed."))
    if not (verdict := _is_taking(round_)):
        return verdict
    lacking = [condition for condition in conditions_of(round_, party) if not condition.is_met]
    if lacking:
        return unmet(f"{lacking[0].sentence} {lacking[0].lack}")
    known = Application.objects.filter(round=round_, party=party)
    if known.exclude(status=ApplicationStatus.WITHDRAWN).exists():
        return conflict(gettext_lazy("This party has applied to this round already."))
    return ALLOWED


def _is_taking(round_: Round) -> Verdict:
    if round_.is_taking:
        return ALLOWED
    if round_.is_ahead:
        return conflict(gettext_lazy("This round has not opened yet."))
    return conflict(gettext_lazy("This round takes no applications any more."))


def can_withdraw_application(actor: Actor, application: Application) -> Verdict:
    if not (verdict := can_manage_party(actor, application.party)):
        return verdict
    return _is_running(application)


def can_read_paper(actor: Actor, application: Application) -> Verdict:
    """Those who sign for the provider, and who answers applications in its region."""
    if actor.role == SYSTEM:
        return ALLOWED
    if actor.speaks_for(application.party_id):
        if actor.role in party_states.MANAGING:
            return ALLOWED
        return forbidden(gettext_lazy("Only the owner or a manager of the party may do this."))
    return may_answer(actor, application)


def may_answer(actor: Actor, application: Application) -> Verdict:
    if not (verdict := can_manage_rounds(actor)):
        return verdict
    if actor.user is not None and not covers_region(actor, application.party):
        return forbidden(gettext_lazy("This party is outside your regions."))
    if actor.user is not None and is_member(actor.user, application.party):
        sentence = gettext_lazy("Nobody answers for a party of their own; somebody else must.")
        return forbidden(sentence)
    return ALLOWED


def can_answer_application(actor: Actor, application: Application) -> Verdict:
    if not (verdict := may_answer(actor, application)):
        return verdict
    return _is_running(application)


def can_accept_application(actor: Actor, application: Application) -> Verdict:
    """Within the round's places, once the provider is verified."""
    if not (verdict := can_answer_application(actor, application)):
        return verdict
    if not application.party.is_trusted:
        sentence = gettext_lazy("The provider is not verified yet; answer its registration first.")
        return conflict(sentence)
    places = application.round.places
    taken = Application.objects.filter(
        round=application.round_id, status=ApplicationStatus.ACCEPTED
    )
    if places is not None and taken.count() >= places:
        return conflict(gettext_lazy("All places of this round are taken."))
    return ALLOWED


def _is_running(application: Application) -> Verdict:
    if application.status not in states.RUNNING:
        return conflict(gettext_lazy("This application was answered or withdrawn already."))
    return ALLOWED


# --- what is written must be sound ----------------------------------------------------------------


def round_is_sound(fields: RoundFields) -> Verdict:
    return flawless(flaws_of_round(fields))


def flaws_of_round(fields: RoundFields) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "title")
    for name in ("title", "brief"):
        if not getattr(fields, name).strip():
            yield Flaw(name, gettext_lazy("Please fill this in."))
    if fields.closes_at <= fields.opens_at:
        yield Flaw("closes_at", gettext_lazy("Later than it opens."))
    if not 0 <= fields.least_share <= 100:
        yield Flaw("least_share", gettext_lazy("From 0 to 100."))
    if fields.least_share and not fields.category_ids:
        yield Flaw("least_share", gettext_lazy("Name the categories it is a share of."))
    if fields.places is not None and fields.places < 1:
        yield Flaw("places", gettext_lazy("At least one, or leave it empty."))
    if len(fields.questions) > MOST_QUESTIONS:
        yield Flaw("questions", gettext_lazy("At most five questions."))
    if any(len(question) > 200 for question in fields.questions):
        yield Flaw("questions", gettext_lazy("A question has at most 200 characters."))


def application_is_sound(round_: Round, fields: ApplicationFields) -> Verdict:
    return flawless(flaws_of_application(round_, fields))


def flaws_of_application(round_: Round, fields: ApplicationFields) -> Iterator[Flaw]:
    if not fields.pitch.strip():
        yield Flaw("pitch", gettext_lazy("Please fill this in."))
    if len(fields.answers) != len(round_.questions) or not all(a.strip() for a in fields.answers):
        yield Flaw("answers", gettext_lazy("Answer every question."))
    if len(fields.papers) > MOST_PAPERS:
        yield Flaw("papers", gettext_lazy("At most three files."))


def reason_is_sound(reason: str) -> Verdict:
    if reason.strip():
        return ALLOWED
    sentence: str | Promise = gettext_lazy("Say why; the applicant reads this sentence.")
    return flawless([Flaw("reason", sentence)])
