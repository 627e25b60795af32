"""The demo's top-100 mark: last year's round with its places, refusals and objections, and this
year's, open today, with applications at each step. Places are as many as the demo is large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction

from portal.core import clock, outbox
from portal.core.actor import OPERATOR, Actor
from portal.parties import staff
from portal.parties.demo import DEMO, World, acting, cast_party, demo_user
from portal.parties.demo.cast import make_person
from portal.parties.demo.papers import scan
from portal.parties.models import Party
from portal.parties.states import PartyKind
from portal.tiers import rules, services
from portal.tiers.certification_fields import (
    ApplyingFields,
    CheckFields,
    MethodFields,
    ObjectionFields,
    PaperFields,
    ReviewFields,
    RoundFields,
)
from portal.tiers.certification_states import PaperKind, PapersAnswer, ReviewVerdict
from portal.tiers.engine import Quarter, quarter_of
from portal.tiers.models import (
    CertificationApplication,
    CertificationMark,
    CertificationMethod,
    CertificationRound,
    StarReview,
    StarStanding,
)
from portal.tiers.reference import starting_document

JURORS = (("juror", "陶复核"), ("arbiter", "苏仲裁"))
SOURCE, VERSION = "演示：零分线与满分线按演示世界的规模折算", "demo-1"
AGENCIES_A_PLACE, MOST, LEAST = 30, 100, 3
STRENGTHS = "每位签约达人配一名经纪人和一名选品助理；新人前三个月由师父带播，每周复盘一次。"
CASES = "年货节食品专场：四位达人联播两天；开学季文具专场：新人首播即进类目榜。"
PASSES = ReviewFields(ReviewVerdict.PASS, "成交与结算相符，达人收入分布健康，案例可查。")
REFUSES = ReviewFields(ReviewVerdict.REFUSE, "孵化案例缺少签约时间，无法核实新人来源。")
NO_SEAL = CheckFields(PapersAnswer.REFUSE, "承诺书没有签章，无法采信。")
ASKS = CheckFields(PapersAnswer.ASK, "营业执照照片不清晰，请重新上传。")
ACCEPTS = CheckFields(PapersAnswer.ACCEPT)
RIGHT, WRONG = "合同日期属实，予以通过。", "所附合同不在评分年度内，维持结果。"
DIFFER, REFUSED = (11, 5), (9, 4)  # every so many, from which on


@transaction.atomic
def make_last_certification(world: World) -> None:
    """Judged half a year ago; its marks hold."""
    _make_jurors()
    last = quarter_of(world.today).later(-3)
    opens = last.last_day + timedelta(days=20)
    fields = _round(world, last, opens, year=_year(world) - 1, least_stars=0)
    with outbox.born_delivered():
        with clock.standing_at(_at(opens - timedelta(days=10))):
            method = _make_method(last)
            round_ = services.open_certification_round(DEMO, fields=_with(fields, method))
        agencies = _agencies(round_, opens)[: _places(world) * 13 // 10 + 4]
        with clock.standing_at(_at(opens + timedelta(days=3))):
            made = [_hand_in(party, round_) for party in agencies]
        _live_last(world, round_, made)


def _live_last(
    world: World, round_: CertificationRound, made: Sequence[CertificationApplication]
) -> None:
    unsealed = made[-1:] if len(made) > LEAST else []
    with clock.standing_at(_at(round_.opens_on + timedelta(days=8))):
        for application in made:
            answer = NO_SEAL if application in unsealed else ACCEPTS
            _check(application, answer)
    with clock.standing_at(_at(round_.closes_on + timedelta(days=2))):
        services.score_certification_round(_as("operator"), round_=round_)
    with clock.standing_at(_at(round_.closes_on + timedelta(days=6))):
        for place, application in enumerate(made[: len(made) - len(unsealed)]):
            _review(application, place)
    _object(round_, unsealed)
    with clock.standing_at(_at(round_.publishes_on)):
        services.publish_certification_round(_as("operator"), round_=round_)
    _give_on(round_)
    if unsealed:
        _begin_anew(world, unsealed[0])


def _review(application: CertificationApplication, place: int) -> None:
    cast = cast_party(PartyKind.AGENCY)
    first, second = PASSES, PASSES
    if application.party_id != cast.pk and place % REFUSED[0] == REFUSED[1]:
        first, second = REFUSES, REFUSES
    elif application.party_id != cast.pk and place % DIFFER[0] == DIFFER[1]:
        second = REFUSES
    verdicts = [("evaluator", first), ("juror", second)]
    if first != second:
        verdicts.append(("operator", PASSES))
    for login, fields in verdicts:
        services.review_certification(_as(login), application=application, fields=fields)


def _object(round_: CertificationRound, unsealed: Sequence[CertificationApplication]) -> None:
    """Of those refused in the review, the first is right, the second is not."""
    rows = CertificationApplication.objects.filter(round=round_, status="refused").whole()
    reviewed = rows.exclude(pk__in=[one.pk for one in unsealed]).order_by("party__name")
    filed_on = round_.closes_on + timedelta(days=9)
    for place, application in enumerate(reviewed[:2]):
        with clock.standing_at(_at(filed_on)):
            fields = ObjectionFields("新人签约合同均有日期，附三份合同首页。", [scan("合同首页")])
            appeal = services.object_to_refusal(
                acting(application.party), application=application, fields=fields
            )
        with clock.standing_at(_at(filed_on + timedelta(days=4))):
            said = (
                "合同日期属实，予以通过。" if place == 0 else "所附合同不在评分年度内，维持结果。"
            )
            services.decide_objection(
                _as("arbiter"), appeal=appeal, grants=place == 0, sentence=said
            )


def _give_on(round_: CertificationRound) -> None:
    """One gives its place up, and the next in line takes it."""
    cast = cast_party(PartyKind.AGENCY)
    running = CertificationMark.objects.running().filter(round=round_).exclude(party=cast).whole()
    mark = running.order_by("-rank", "pk").first()
    if mark is not None:
        with clock.standing_at(_at(round_.publishes_on + timedelta(days=30))):
            services.give_up_mark(acting(mark.party), mark=mark)


def _begin_anew(world: World, application: CertificationApplication) -> None:
    """Its documents were in order after all: scored late, and one of two has reviewed it."""
    refused_on = application.round.opens_on + timedelta(days=8)
    with clock.standing_at(_at(refused_on + timedelta(days=3))):
        appeal = services.object_to_refusal(
            acting(application.party),
            application=CertificationApplication.objects.whole().get(pk=application.pk),
            fields=ObjectionFields("签章在背面，附扫描件。", [scan("承诺书背面")]),
        )
    with clock.standing_at(_at(world.today - timedelta(days=6))):
        services.decide_objection(
            _as("arbiter"), appeal=appeal, grants=True, sentence="背面签章属实，继续评审。"
        )
        services.score_certification_round(_as("operator"), round_=application.round)
    with clock.standing_at(_at(world.today - timedelta(days=4))):
        services.review_certification(_as("juror"), application=application, fields=PASSES)


@transaction.atomic
def make_open_certification(world: World) -> None:
    """Its window is open today; the agency of the guide has not applied yet."""
    opens = world.today - timedelta(days=9)
    last = quarter_of(opens).later(-1)
    holders = StarStanding.objects.filter(stars__gte=1).count()
    least = 1 if holders >= 4 * LEAST else 0
    fields = _round(world, last, opens, year=_year(world), least_stars=least)
    method = CertificationMethod.objects.get(version=VERSION)
    with outbox.born_delivered():
        with clock.standing_at(_at(opens - timedelta(days=10))):
            round_ = services.open_certification_round(DEMO, fields=_with(fields, method))
        cast = cast_party(PartyKind.AGENCY)
        agencies = [one for one in _agencies(round_, opens) if one.pk != cast.pk]
        for place, party in enumerate(agencies[: _places(world) + 4]):
            with clock.standing_at(_at(opens + timedelta(days=1 + place % 4))):
                _live_open(party, round_, place)


def _live_open(party: Party, round_: CertificationRound, place: int) -> None:
    """Each a step further than the one before it, and round again."""
    if place == 1:
        draft = services.start_certification(acting(party), round_=round_)
        _write(draft, papers=())
        return
    application = _hand_in(party, round_)
    match place % 6:
        case 2:
            _check(application, ASKS)
        case 3:
            _check(application, ACCEPTS)
        case 4:
            _check(application, NO_SEAL)
            services.object_to_refusal(
                acting(party),
                application=CertificationApplication.objects.whole().get(pk=application.pk),
                fields=ObjectionFields("承诺书盖的是电子章，附验签报告。", [scan("验签报告")]),
            )
        case 5:
            services.withdraw_certification(acting(party), application=application)


# --- parts ----------------------------------------------------------------------------------------


def _make_jurors() -> None:
    """Two more of the evaluation: what takes other people takes these."""
    for login, name in JURORS:
        person = make_person(login, name, settings.DEMO_PASSWORD)
        groups = list(Group.objects.filter(name="evaluation"))
        staff.grant_staff(DEMO, person=person, groups=groups)


def _make_method(last: Quarter) -> CertificationMethod:
    """Goalposts between a tenth of the median agency and the best, rounded."""
    nets = [net for net in _nets(last) if net > 0] or [1_000_000]
    document = starting_document() | {"version": VERSION}
    best, middle = max(nets) * 4 // 100, nets[len(nets) // 2] // 100
    ends = {
        "net_gmv": (max(1, middle // 10), best),
        "median_income": (10, 20_000),
        "health": (30, 90),
        "incubated": (0, 5),
    }
    for dimension in document["dimensions"]:
        [one] = dimension["indicators"]
        lower, upper = ends[one["code"]]
        one["lower"], one["upper"] = lower, max(upper, lower + 1)
    method = services.propose_certification_method(
        _as("evaluator"), fields=MethodFields(document, SOURCE)
    )
    return services.approve_certification_method(_as("operator"), method=method)


def _nets(last: Quarter) -> list[int]:
    rows = StarReview.objects.of(last).values_list("net_fen", flat=True)
    return sorted(rows, reverse=True)


def _round(world: World, last: Quarter, opens: date, *, year: int, least_stars: int) -> RoundFields:
    return RoundFields(
        year=year,
        opens_on=opens,
        closes_on=opens + timedelta(days=21),
        publishes_on=opens + timedelta(days=42),
        valid_until=opens + timedelta(days=42 + 365),
        last_year=last.year,
        last_quarter=last.number,
        method=0,
        places=_places(world),
        least_stars=least_stars,
        least_days=60,
        newcomer_fen=100_000,
    )


def _with(fields: RoundFields, method: CertificationMethod) -> RoundFields:
    return replace(fields, method=method.pk)


def _year(world: World) -> int:
    """Of the mark that is applied for now; a mark is called after the year most of it lies in."""
    return world.today.year + (world.today.month >= 7)


def _places(world: World) -> int:
    agencies = Party.objects.listed().filter(kind=PartyKind.AGENCY).count()
    return min(MOST, max(LEAST, agencies // AGENCIES_A_PLACE))


def _agencies(round_: CertificationRound, day: date) -> list[Party]:
    """Those that meet what the round asks, the most sales first; the guide's one among them."""
    reviews = StarReview.objects.of(round_.last).select_related("party__city")
    cast = cast_party(PartyKind.AGENCY)
    found = [
        review.party
        for review in reviews.order_by("-net_fen", "party__name")
        if review.party.verified_at is not None and clock.day_of(review.party.verified_at) < day
    ]
    found.sort(key=lambda party: party.pk != cast.pk)  # stable: the others stay in their order
    with clock.standing_at(_at(day)):
        return [party for party in found if rules.passes(rules.checks_of_agency(round_, party))]


def _hand_in(party: Party, round_: CertificationRound) -> CertificationApplication:
    draft = services.start_certification(acting(party), round_=round_)
    kept = set(draft.papers.values_list("kind", flat=True))
    _write(draft, papers=[one for one in (PaperKind.LICENCE, PaperKind.PLEDGE) if one not in kept])
    return services.submit_certification(acting(party), application=draft)


def _write(draft: CertificationApplication, papers: Sequence[PaperKind]) -> None:
    person = acting(draft.party)
    words = ApplyingFields(STRENGTHS, CASES)
    services.save_certification(person, application=draft, fields=words)
    for kind in papers:
        until = draft.round.valid_until + timedelta(days=700)
        services.add_certification_paper(
            person,
            application=draft,
            fields=PaperFields(
                kind, scan(str(kind.value)), until if kind == PaperKind.LICENCE else None
            ),
        )


def _check(application: CertificationApplication, fields: CheckFields) -> None:
    services.check_certification(_as("operator"), application=application, fields=fields)


def _as(login: str) -> Actor:
    return Actor(user=demo_user(login), party=None, role=OPERATOR, via="demo")


def _at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), clock.SHANGHAI)
