"""The demo's papers: the guide's people have one of each kind, amended once; others agreed on a
commission; one proposal waits for its answer. The merchant has named who signs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from portal.core import clock, outbox
from portal.core.actor import OPERATOR, Actor
from portal.parties.demo import DEMO, World, acting, cast_party, demo_user
from portal.parties.models import Category, Membership, Party
from portal.parties.states import PartyKind, Role
from portal.policies.fields import FeeFields
from portal.policies.services import announce_fee, propose_fee
from portal.policies.states import FeeKind
from portal.revenue import services, states
from portal.revenue.cold_starts import record_cold_starts, tell_cold_starts
from portal.revenue.demo_bills import make_bills, sheet
from portal.revenue.facts import record_order_facts, tell_history
from portal.revenue.fields import PowerFields, SubjectFields, TermsFields
from portal.revenue.models import AgreementVersion, Feed
from portal.revenue.reference import PaperTemplate, template_of
from portal.revenue.selectors import completeness
from portal.revenue.states import PaperRole

AGO = timedelta(days=330)
AMENDED_AFTER = timedelta(days=150)
OTHERS = 40
RELIEVED, PROPOSED = "food", "beauty"  # by a second fee, for a season
SHORT = 3  # days ago something did not arrive
RATES = (1000, 1500, 2000, 2500)
CAST = (
    (PartyKind.MERCHANT, PartyKind.PROVIDER, "provider-ladder"),
    (PartyKind.MERCHANT, PartyKind.CREATOR, "commission"),
    (PartyKind.CREATOR, PartyKind.AGENCY, "agency-share"),
)


def make_agreements(world: World) -> None:
    with outbox.born_delivered(), transaction.atomic():
        for payer, payee, code in CAST:
            _between_cast(world, cast_party(payer), cast_party(payee), _template(code))
        _waiting(world, cast_party(PartyKind.MERCHANT), cast_party(PartyKind.AGENCY))
        _others(world)
        make_bills(world)
        _sealing(world, cast_party(PartyKind.MERCHANT), cast_party(PartyKind.PROVIDER))
        _name_signer(world, cast_party(PartyKind.MERCHANT))


def announce_fees(world: World) -> None:
    """For a season the platform took less of one category; before and after it the usual."""
    fields = FeeFields(
        fee=FeeKind.PLATFORM,
        category_id=Category.objects.get(code=RELIEVED).pk,
        rate_bp=300,
        starts_on=world.today - timedelta(days=150),
        ends_on=world.today - timedelta(days=60),
        is_relief=True,
        source="演示：产业带扶持期，平台服务费 3%",
    )
    with clock.standing_at(world.dawn - timedelta(days=170)):
        announce_fee(DEMO, fields=fields)


def propose_rate(world: World) -> None:
    """The next relief waits for its second person."""
    fields = FeeFields(
        fee=FeeKind.PLATFORM,
        category_id=Category.objects.get(code=PROPOSED).pk,
        rate_bp=200,
        starts_on=world.today + timedelta(days=10),
        ends_on=world.today + timedelta(days=100),
        is_relief=True,
        source="演示：换季扶持，平台服务费 2%",
    )
    maker = Actor(user=demo_user("finance"), party=None, role=OPERATOR, via="demo")
    with clock.standing_at(world.dawn - timedelta(hours=15)):
        propose_fee(maker, fields=fields)


def count_year(world: World) -> None:
    """What the homes show of it."""
    services.count_turnovers(DEMO, until=world.today)


def announce_totals(world: World) -> None:
    """What the feed says it sent for each day of the last month; of one it sent more than came."""
    feed = Feed.objects.get(code="douyin")
    until = world.today - timedelta(days=1)
    for number, day in enumerate(completeness(feed, until=until)):
        missing = 2 if number == SHORT else 0
        services.announce_total(
            DEMO,
            feed=feed,
            day=day.day,
            events=day.arrived + missing,
            amount_fen=day.amount_fen + missing * 12_900,
        )


def tell_orders(world: World) -> None:
    """What the orders of the year say of providers and agencies, a month after the other."""
    services.mark_orders(DEMO, until=world.today, days=366)
    tell_history(DEMO, until=world.today, months=12, known_after=timedelta(hours=1))
    tell_cold_starts(DEMO, until=world.today, known_after=timedelta(hours=1))


def tell_more_orders(world: World) -> None:
    """By rows of the day it is really, for ratings were made since: what they read stays."""
    with clock.standing_at(datetime.now(UTC)):
        record_order_facts(DEMO, until=world.today, months=12)
        record_cold_starts(DEMO, until=world.today)


def _between_cast(world: World, payer: Party, payee: Party, template: PaperTemplate) -> None:
    """Agreed last year; half a year later the payee asked for more and got it."""
    begun = _day(world, AGO, payer, payee)
    first = _agree(payer, payee, template, begun)
    amended = begun + AMENDED_AFTER
    if amended >= world.dawn:
        return
    with clock.standing_at(amended):
        terms = replace(_terms(template, "按上半年的成绩调整。"), components=_dearer(template))
        second = services.propose_version(acting(payee), agreement=first.agreement, terms=terms)
    with clock.standing_at(amended + timedelta(days=2)):
        services.accept_version(acting(payer), version=second)


def _dearer(template: PaperTemplate) -> list[dict[str, Any]]:
    """A point more, where a rate stands alone; an even hand where it is divided."""
    if not template.components:
        return [{"code": "基础服务费", "rate_bp": 100, "party": "payee"}]
    first = template.components[0]
    if "divide" in first:
        return [first | {"divide": {"payee": 25, "payer": 75}}]
    return [first | {"rate_bp": first["rate_bp"] + 100}]


def _waiting(world: World, merchant: Party, agency: Party) -> None:
    """The agency asks for a fee as recruiting leader; the merchant has some days left."""
    template = _template("recruiting-fee")
    with clock.standing_at(max(world.dawn - timedelta(days=3), _known(merchant, agency))):
        subject = SubjectFields(merchant.pk, False, template.role, "order", "招商 2026-118")
        terms = _terms(template, "秋季招商，按成交收取。")
        services.propose_agreement(acting(agency), subject=subject, terms=terms)


def _sealing(world: World, merchant: Party, provider: Party) -> None:
    """Accepted by both; the provider has stamped it, the merchant has some days left."""
    template = _template("provider-share")
    moment = max(world.dawn - timedelta(days=2), _known(merchant, provider))
    with clock.standing_at(moment):
        subject = SubjectFields(provider.pk, True, template.role, "account", "guyuli_food")
        terms = replace(
            _terms(template, "盖章后生效。"), seal={"by": ["payer", "payee"], "days": 14}
        )
        version = services.propose_agreement(acting(merchant), subject=subject, terms=terms)
    with clock.standing_at(moment + timedelta(hours=20)):
        services.accept_version(acting(provider), version=version)
    with clock.standing_at(moment + timedelta(hours=30)):
        services.seal_by_scan(
            acting(provider), version=version, file=sheet("scan"), code=version.sha256[:8]
        )


def _name_signer(world: World, party: Party) -> None:
    """The owner keeps what is dear; the manager signs the rest."""
    manager = Membership.objects.filter(party=party, role=Role.MANAGER).order_by("pk").first()
    if manager is None:
        return
    with clock.standing_at(world.dawn - timedelta(days=1)):
        fields = PowerFields(
            manager.user_id,
            starts_on=clock.today(),
            ends_on=clock.today() + timedelta(days=365),
            papers=(PaperRole.COMMISSION, PaperRole.PROVIDER_FEE),
            most_bp=3_000,
            most_fen=5_000_000,
            letter="授权书 2026-09",
        )
        services.name_signer(acting(party), fields=fields)


def _others(world: World) -> None:
    """Merchants and creators of the crowd, in pairs."""
    listed = Party.objects.listed().order_by("pk").exclude(pk__in=_cast_keys())
    merchants = listed.filter(kind=PartyKind.MERCHANT)[:OTHERS]
    creators = listed.filter(kind=PartyKind.CREATOR)[:OTHERS]
    template = _template("commission")
    for number, (merchant, creator) in enumerate(zip(merchants, creators, strict=False)):
        rate = RATES[number % len(RATES)]
        own = replace(template, components=[template.components[0] | {"rate_bp": rate}])
        begun = _day(world, AGO - timedelta(days=7 * number), merchant, creator)
        _agree(merchant, creator, own, begun)


def _agree(
    payer: Party, payee: Party, template: PaperTemplate, moment: datetime
) -> AgreementVersion:
    with clock.standing_at(moment):
        subject = SubjectFields(payee.pk, True, template.role)
        version = services.propose_agreement(acting(payer), subject=subject, terms=_terms(template))
    with clock.standing_at(moment + timedelta(days=1)):
        return services.accept_version(acting(payee), version=version)


def _terms(template: PaperTemplate, note: str = "") -> TermsFields:
    starts_on = clock.today() + timedelta(days=2)
    is_share = template.role == PaperRole.AGENCY_SHARE
    paid_to = {"party": "payee", "onward_days": 15} if is_share else None
    parts = (template.components, template.period_components)
    return TermsFields(starts_on, None, *parts, note, paid_to=paid_to)


def _day(world: World, ago: timedelta, *parties: Party) -> datetime:
    """So long ago, but not before both were verified, and in time to be accepted."""
    return min(max(world.dawn - ago, _known(*parties)), world.dawn - states.ANSWER_WITHIN / 2)


def _known(*parties: Party) -> datetime:
    return max(party.verified_at or party.created_at for party in parties)


def _cast_keys() -> Iterable[int]:
    return [cast_party(kind).pk for kind in PartyKind]


def _template(code: str) -> PaperTemplate:
    found = template_of(code)
    assert found is not None  # noqa: S101 - the codes above are those of the templates
    return found
