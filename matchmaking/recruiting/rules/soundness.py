"""What is written must be sound: form, API and bulk ask the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace

from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.rules import commission_is_within_limit, flaws_above
from matchmaking.recruiting.fields import ApplicationFields, OfferFields, PostFields
from matchmaking.recruiting.models import Application, Post
from matchmaking.recruiting.sources import SourceRules
from matchmaking.recruiting.states import Carrier, Side
from portal.core import clock
from portal.core.forms import MAX_FEN
from portal.core.verdict import Flaw, Verdict, flawless, flaws_of_lines
from portal.moderation.rules import flaws_of_words
from portal.policies.dated import DatedRules, read_dated_rules
from portal.policies.states import DatedKind, ProductSource

MOST_CATEGORIES = 5
MOST_SAMPLES = 50
MOST_MONTHS = 24
MOST_AHEAD = timedelta(days=366)


def post_is_sound(fields: PostFields, known: DatedRules | None = None) -> Verdict:
    return flawless(flaws_of_post(fields, known))


def flaws_of_post(fields: PostFields, known: DatedRules | None = None) -> Iterator[Flaw]:
    """`known`: the platform's figures, where many posts are judged and they are read once."""
    known = known or read_dated_rules()
    if not fields.title.strip():
        yield Flaw("title", _("Please fill this in."))
    yield from flaws_of_lines(fields, "title")
    yield from flaws_of_words(fields, "title", "brief")
    if not 1 <= len(set(fields.category_ids)) <= MOST_CATEGORIES:
        yield Flaw("category_ids", _("From 1 to %(n)s categories.") % {"n": MOST_CATEGORIES})
    if not 0 <= fields.price_low_fen <= MAX_FEN:
        yield Flaw("price_low_fen", _("Not below zero."))
    if not 0 < fields.price_high_fen <= MAX_FEN:
        yield Flaw("price_high_fen", _("Enter an amount above ¥0."))
    elif fields.price_high_fen < fields.price_low_fen:
        yield Flaw("price_high_fen", _("Not below the lower price."))
    limit = known.least_within(DatedKind.COMMISSION_MOST, clock.today(), None)
    for flaw in flaws_above(fields.commission_least_bp, limit):
        yield Flaw("commission_least_bp", flaw.sentence)
    yield from _flaws_of_sources(fields, known)
    if not 0 <= fields.samples_wanted <= MOST_SAMPLES:
        yield Flaw("samples_wanted", _("From 0 to %(n)s.") % {"n": MOST_SAMPLES})
    if not 1 <= fields.term_months <= MOST_MONTHS:
        yield Flaw("term_months", _("From 1 to %(n)s months.") % {"n": MOST_MONTHS})
    yield from flaws_of_days(fields.closes_on, fields.live_on)


def _flaws_of_sources(fields: PostFields, known: DatedRules) -> Iterator[Flaw]:
    """Each source must be one that may be shown there on that day."""
    if fields.carrier not in Carrier.values:
        yield Flaw("carrier", _("Choose one from the list."))
        return
    if not fields.sources or not set(fields.sources) <= set(ProductSource.values):
        yield Flaw("sources", _("Choose at least one product source."))
        return
    refusal = SourceRules(known).refusal(fields.carrier, fields.live_on, fields.sources)
    if refusal:
        yield Flaw("sources", refusal)


def flaws_of_days(closes_on: date, live_on: date) -> Iterator[Flaw]:
    today = clock.today()
    if closes_on < today:
        yield Flaw("closes_on", _("Today or later."))
    if closes_on > live_on:
        yield Flaw("closes_on", _("Not after the day it is first shown."))
    if live_on > today + MOST_AHEAD:
        yield Flaw("live_on", _("Within a year."))


def day_is_later(post: Post, closes_on: date) -> Verdict:
    """A last day may be moved back only: merchants rely on it."""
    if closes_on <= post.closes_on:
        return flawless([Flaw("closes_on", _("Later than the last day now."))])
    return flawless(flaws_of_days(closes_on, post.live_on))


def application_is_sound(fields: ApplicationFields) -> Verdict:
    return flawless(flaws_of_offer(fields))


def offer_is_sound(fields: OfferFields, application: Application, side: Side) -> Verdict:
    return flawless(_flaws_of_counter(fields, application, side))


def flaws_of_offer(fields: ApplicationFields | OfferFields) -> Iterator[Flaw]:
    yield from commission_is_within_limit(fields.commission_bp).flaws
    if not 0 <= fields.samples <= MOST_SAMPLES:
        yield Flaw("samples", _("From 0 to %(n)s.") % {"n": MOST_SAMPLES})
    yield from flaws_of_lines(fields, "note")
    yield from flaws_of_words(fields, "note")


def _flaws_of_counter(fields: OfferFields, application: Application, side: Side) -> Iterator[Flaw]:
    """A merchant cannot go below what the post asks for; the poster may let it."""
    yield from flaws_of_offer(fields)
    least = application.post.commission_least_bp
    if side == Side.MERCHANT and fields.commission_bp < min(least, application.commission_bp):
        sentence = _("At least %(least)s%% is asked for.")
        yield Flaw("commission_bp", str(sentence) % {"least": f"{least / 100:g}"})
    if (fields.commission_bp, fields.samples) == (application.commission_bp, application.samples):
        yield Flaw("commission_bp", _("These are the terms on the table already."))


def note_is_sound(note: str) -> Verdict:
    """A word with a no, which the other side reads."""
    value = SimpleNamespace(note=note)
    return flawless([*flaws_of_lines(value, "note"), *flaws_of_words(value, "note")])
