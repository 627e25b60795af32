"""Who signs for a party: its owner; whom it named, within their limits; where it named nobody, its
managers."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

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
)
from portal.parties.models import Membership, Party
from portal.parties.states import MANAGING, Role
from portal.revenue import engine
from portal.revenue.engine import Agreement as Terms
from portal.revenue.fields import PowerFields
from portal.revenue.models import AgreementVersion, SigningPower
from portal.revenue.states import PaperRole

MOST_LETTER = 60


def can_sign(actor: Actor) -> Verdict:
    """Whether they sign anything for the party they speak for; papers may have limits of theirs."""
    if _is_above(actor):
        return ALLOWED
    standing = _standing(actor)
    if not standing:
        return ALLOWED if actor.role in MANAGING else _managers_only()
    return _own(actor, standing)[1]


def can_handle_papers(actor: Actor) -> Verdict:
    """Decline and take back: who manages the party, and whom it named."""
    return ALLOWED if _is_above(actor) or actor.role in MANAGING else can_sign(actor)


def may_sign(actor: Actor, version: AgreementVersion) -> Verdict:
    return may_sign_terms(actor, version.agreement.role, version.terms)


def may_sign_terms(actor: Actor, role: str, terms: Terms) -> Verdict:
    """Within the limits of a power, where they sign by one."""
    if terms.is_owners and not _is_above(actor):
        return forbidden(_("Only an owner signs this paper."))
    if _is_above(actor) or not (standing := _standing(actor)):
        return ALLOWED
    power, verdict = _own(actor, standing)
    return verdict if power is None else _within(power, role, terms)


def may_seal(actor: Actor) -> Verdict:
    if _is_above(actor) or not (standing := _standing(actor)):
        return ALLOWED
    power, verdict = _own(actor, standing)
    if power is not None and not power.may_seal:
        return forbidden(_("Your power is to sign, not to seal."))
    return verdict


def _is_above(actor: Actor) -> bool:
    return actor.role in (SYSTEM, Role.OWNER)


def _standing(actor: Actor) -> list[SigningPower]:
    """Of the party. Once it named somebody its managers no longer sign by their role, not even on
    the day after the last power has run out: that would widen what was narrowed."""
    return list(SigningPower.objects.visible_to(actor).standing())


def _own(actor: Actor, standing: list[SigningPower]) -> tuple[SigningPower | None, Verdict]:
    power = next((one for one in standing if one.person_id == actor.user_id), None)
    if power is None:
        sentence = _("The party has named who signs for it, and you are not among them.")
        return None, forbidden(sentence)
    if not power.runs_on(clock.today()):
        return None, forbidden(_("Your power to sign does not hold today."))
    mine = Membership.objects.filter(user=power.person_id, party=power.party_id)
    if not mine.filter(created_at__lte=power.given_at).exists():
        return None, forbidden(_("You left the party since it named you; it has to do so again."))
    return power, ALLOWED


def _within(power: SigningPower, role: str, terms: Terms) -> Verdict:
    if power.papers and role not in power.papers:
        return forbidden(_("Your power to sign is not for agreements of this kind."))
    if power.most_bp is not None and engine.most_share(terms) > power.most_bp:
        sentence = _("You may sign up to %(most)s%% of an order; this paper takes %(share)s%%.")
        shares = {"most": power.most_bp / 100, "share": engine.most_share(terms) / 100}
        return forbidden(sentence % {key: f"{share:g}" for key, share in shares.items()})
    if power.most_fen is not None and engine.fixed_sums(terms) > power.most_fen:
        sentence = _("You may sign fixed sums of %(most)s; this paper has %(sum)s.")
        sums = {"most": power.most_fen, "sum": engine.fixed_sums(terms)}
        return forbidden(sentence % {key: Money(fen).short for key, fen in sums.items()})
    return ALLOWED


def _managers_only() -> Verdict:
    return forbidden(_("Only the owner or a manager of the party may sign."))


def can_list_signers(actor: Actor) -> Verdict:
    if actor.party is None:
        return forbidden(_("Register a party first."))
    return ALLOWED


def can_name_signers(actor: Actor) -> Verdict:
    if actor.party is None:
        return forbidden(_("Register a party first."))
    if actor.role != Role.OWNER:
        return forbidden(_("Only an owner names who signs for the party."))
    return ALLOWED


def can_end_power(actor: Actor, power: SigningPower) -> Verdict:
    if not actor.speaks_for(power.party_id):
        return forbidden(_("The party itself names who signs for it."))
    if not (verdict := can_name_signers(actor)):
        return verdict
    if power.ended_at is not None:
        return conflict(_("This power was taken back already."))
    return ALLOWED


def power_is_sound(party: Party, fields: PowerFields) -> Verdict:
    return flawless(flaws_of_power(party, fields))


def flaws_of_power(party: Party, fields: PowerFields) -> Iterator[Flaw]:
    yield from _flaws_of_person(party, fields.person_id)
    if set(fields.papers) - set(PaperRole.values):
        yield Flaw("papers", _("Choose from the list."))
    if fields.most_bp is not None and not 0 <= fields.most_bp <= 10_000:
        yield Flaw("most_bp", _("Enter a share from 0% to 100%."))
    if fields.most_fen is not None and fields.most_fen < 0:
        yield Flaw("most_fen", _("This cannot be below zero."))
    if fields.starts_on < clock.today():
        yield Flaw("starts_on", _("From today on, at the earliest."))
    if fields.ends_on is not None and fields.ends_on <= fields.starts_on:
        yield Flaw("ends_on", _("It must end after it begins."))
    if len(fields.letter) > MOST_LETTER:
        yield Flaw("letter", _("At most 60 characters."))
    yield from flaws_of_lines(fields, "letter")


def _flaws_of_person(party: Party, person_id: int) -> Iterator[Flaw]:
    member = Membership.objects.filter(party=party, user=person_id).first()
    if member is None:
        yield Flaw("person_id", _("Only who speaks for the party can sign for it."))
    elif member.role == Role.OWNER:
        yield Flaw("person_id", _("An owner signs without being named."))
    elif SigningPower.objects.standing().filter(party=party, person=person_id).exists():
        yield Flaw("person_id", _("They are named already; take that back first."))
