"""What is written must be sound: form, API and import ask the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace

from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.rules import flaws_of_price
from matchmaking.engine.pricing import WHOLE_BP
from matchmaking.needs.fields import MOST, PRIORITIES, NeedFields, OfferFields, ProposalFields
from matchmaking.needs.models import Need, price_from
from matchmaking.needs.rules.contacts import flaws_of_contacts
from matchmaking.needs.rules.kinds import facts_of, flaws_of_kind, flaws_of_promises
from matchmaking.needs.states import BudgetForm, Seeks
from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Verdict, flawless, flaws_of_lines
from portal.moderation.rules import flaws_of_words
from portal.parties.models import Party

MOST_MONTHS = 36
MOST_AHEAD = timedelta(days=2 * 366)  # a start beyond is a slip of the finger


def need_is_sound(fields: NeedFields, merchant: Party) -> Verdict:
    return flawless(flaws_of_need(fields, merchant))


def flaws_of_need(fields: NeedFields, merchant: Party) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "title")
    if any(name and name in fields.title for name in (merchant.name, merchant.legal_name)):
        yield Flaw("title", _("Leave your name out; everyone can read the title."))
    yield from _flaws_of_open_words(fields, "title", "brief")
    yield from _flaws_of_whom(fields)
    if not fields.category_ids:
        yield Flaw("category_ids", _("Choose at least one category."))
    if fields.city_id is None and not fields.accepts_remote:
        yield Flaw("city_id", _("Name the city, or say that remote work is fine."))
    yield from _flaws_of_budget(fields)
    if fields.gmv_target_fen is not None and fields.gmv_target_fen <= 0:
        yield Flaw("gmv_target_fen", _("Above zero, or leave it empty."))
    yield from _flaws_of_scenarios(fields)
    for name in PRIORITIES:
        if not 0 <= getattr(fields, name) <= MOST:
            yield Flaw(name, _("From 0 to 10."))
    yield from flaws_of_days(fields.closes_on, fields.starts_on)


def _flaws_of_whom(fields: NeedFields) -> Iterator[Flaw]:
    """Services are what providers offer; agencies and creators are sought by category."""
    if fields.seeks not in Seeks.values:
        yield Flaw("seeks", _("Choose one from the list."))
    if fields.seeks == Seeks.PROVIDER and not fields.service_ids:
        yield Flaw("service_ids", _("Choose at least one service."))
    if fields.seeks != Seeks.PROVIDER and fields.service_ids:
        yield Flaw("service_ids", _("Only providers are sought by service; leave these empty."))
    if not set(fields.facts) <= set(facts_of(fields.seeks)):
        yield Flaw("facts", _("Choose from the list."))
    yield from flaws_of_kind(fields)


def _flaws_of_budget(fields: NeedFields) -> Iterator[Flaw]:
    """Each form of price has the bounds it needs, and no others that would mean nothing."""
    form, low, high = fields.price_form, fields.share_low_bp, fields.share_high_bp
    if form not in BudgetForm.values:
        yield Flaw("price_form", _("Choose one from the list."))
    if fields.budget_low_fen < 0:
        yield Flaw("budget_low_fen", _("Not below zero."))
    if fields.budget_high_fen < fields.budget_low_fen:
        yield Flaw("budget_high_fen", _("Not below the lower budget."))
    if (
        form in {BudgetForm.FIXED, BudgetForm.BOTH, BudgetForm.GUARANTEE}
        and not fields.budget_high_fen
    ):
        yield Flaw("budget_high_fen", _("Say the most you would pay a month."))
    if (low is None) != (high is None):
        missing = "share_low_bp" if low is None else "share_high_bp"
        yield Flaw(missing, _("Give both shares, or neither."))
    elif low is not None and high is not None and not 0 <= low <= high <= WHOLE_BP:
        yield Flaw("share_high_bp", _("Not below the lower share, and at most 100%."))
    if form not in {BudgetForm.ANY, BudgetForm.FIXED} and not high:
        yield Flaw("share_high_bp", _("Say the most you would share."))
    if form == BudgetForm.FIXED and high is not None:
        yield Flaw("share_high_bp", _("A fixed fee has no share; leave it empty."))
    if form == BudgetForm.SHARE and fields.budget_high_fen > 0:
        yield Flaw("budget_high_fen", _("A share alone has no fee; leave it empty."))


def day_is_later(need: Need, closes_on: date) -> Verdict:
    """A last day may be moved back only: whoever works on an answer relies on it."""
    if closes_on <= need.closes_on:
        return flawless([Flaw("closes_on", _("Later than the last day now."))])
    return flawless(flaws_of_days(closes_on, need.starts_on))


def flaws_of_days(closes_on: date, starts_on: date) -> Iterator[Flaw]:
    today = clock.today()
    if closes_on < today:
        yield Flaw("closes_on", _("Today or later."))
    if closes_on > starts_on:
        yield Flaw("closes_on", _("Not after the start of the work."))
    if starts_on > today + MOST_AHEAD:
        yield Flaw("starts_on", _("The work must start within two years."))


def _flaws_of_scenarios(fields: NeedFields) -> Iterator[Flaw]:
    low, target, high = fields.gmv_low_fen, fields.gmv_target_fen, fields.gmv_high_fen
    if target is None and not (low is None and high is None):
        yield Flaw("gmv_target_fen", _("Set the target beside a low or a high figure."))
        return
    if low is not None and not 0 < low <= (target or 0):
        yield Flaw("gmv_low_fen", _("Above zero and not above the target."))
    if high is not None and high < (target or 0):
        yield Flaw("gmv_high_fen", _("Not below the target."))


def question_is_sound(text: str, actor: Actor) -> Verdict:
    own = [actor.party.name, actor.party.legal_name] if actor.party else []
    return flawless(_flaws_of_public("text", text, own))


def answer_is_sound(text: str, need: Need) -> Verdict:
    own = [need.merchant.name, need.merchant.legal_name]
    return flawless(_flaws_of_public("answer", text, own))


def _flaws_of_public(field: str, text: str, names: list[str]) -> Iterator[Flaw]:
    """What every bidder reads names neither side: nobody is called behind the others' back."""
    if not text.strip():
        yield Flaw(field, _("Please fill this in."))
    if any(name and name in text for name in names):
        yield Flaw(field, _("Leave your name out; all bidders read this."))
    value = SimpleNamespace(**{field: text})
    yield from _flaws_of_open_words(value, field)


def _flaws_of_open_words(value: object, *names: str) -> Iterator[Flaw]:
    """Of what many read: listed words first; contacts where nothing else is wrong yet."""
    found = list(flaws_of_words(value, *names))
    yield from found
    listed = {flaw.field for flaw in found}
    yield from flaws_of_contacts(value, *(name for name in names if name not in listed))


def proposal_is_sound(fields: ProposalFields, need: Need) -> Verdict:
    return flawless(flaws_of_proposal(fields, need))


def flaws_of_proposal(fields: ProposalFields, need: Need) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "team")
    yield from flaws_of_words(fields, "plan", "team")
    yield from flaws_of_contacts(fields, "plan", "team")
    yield from flaws_of_promises(fields, need.seeks)
    yield from _flaws_of_price(fields, need)
    yield from _flaws_of_start(fields)


def offer_is_sound(fields: OfferFields, need: Need) -> Verdict:
    return flawless(flaws_of_offer(fields, need))


def flaws_of_offer(fields: OfferFields, need: Need) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "note")
    yield from flaws_of_words(fields, "note")
    yield from flaws_of_contacts(fields, "note")
    yield from _flaws_of_price(fields, need)
    yield from _flaws_of_start(fields)
    if not 1 <= fields.term_months <= MOST_MONTHS:
        yield Flaw("term_months", _("From 1 to 36 months."))


def note_is_sound(note: str) -> Verdict:
    """A word with a no, which the other side reads."""
    value = SimpleNamespace(note=note)
    return flawless([*flaws_of_words(value, "note"), *flaws_of_contacts(value, "note")])


def _flaws_of_start(fields: ProposalFields | OfferFields) -> Iterator[Flaw]:
    if fields.starts_on < clock.today():
        yield Flaw("starts_on", _("Today or later."))
    if fields.starts_on > clock.today() + MOST_AHEAD:
        yield Flaw("starts_on", _("The work must start within two years."))


def _flaws_of_price(fields: ProposalFields | OfferFields, need: Need) -> Iterator[Flaw]:
    """A price, in the form the need asks for."""
    flaws = list(flaws_of_price(fields))
    yield from flaws
    if flaws:
        return
    fee, share = fields.monthly_fee_fen, fields.share_bp
    price = price_from(fee, share, fields.ladder, fields.is_guarantee)
    if need.price_form not in {BudgetForm.ANY, price.form.value}:
        asked = BudgetForm(need.price_form).label
        sentence = _("The merchant asks for this form of price: %(form)s.")
        yield Flaw("monthly_fee_fen", str(sentence) % {"form": asked})
