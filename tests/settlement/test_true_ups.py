"""What agreements owe once a month: as `manage.py split` writes it for the same events."""

from __future__ import annotations

import csv
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import Sum

from portal.core import clock
from portal.ledger.models import Journal
from portal.parties.states import PartyKind
from portal.revenue.models import AgreementVersion, OrderEvent
from portal.settlement import services
from portal.settlement.models import TrueUp
from portal.settlement.services.looks import Look, papers_to_look_at
from portal.settlement.services.true_ups import post_true_ups, rows_due
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM
from tests.revenue.agreements.making import FEE, agreed
from tests.revenue.orders.telling import record

from .making import (
    APRIL,
    BEGIN,
    JUNE,
    MARCH,
    MAY,
    approved,
    is_right,
    merged,
    on,
    sold,
    statement_of,
)

pytestmark = pytest.mark.django_db
LADDER = {
    "code": "阶梯",
    "party": "payee",
    "payer": "payer",
    "of": "net_gmv",
    "ladder": {
        "mode": "marginal",
        "bands": [{"up_to_fen": 30_000, "rate_bp": 300}, {"up_to_fen": None, "rate_bp": 450}],
    },
}
GUARANTEE = {
    "code": "保底",
    "party": "payee",
    "payer": "payer",
    "of": "net_gmv",
    "rate_bp": 100,
    "guarantee": {"fen": 100_000, "mode": "max"},
    "less": ["服务费"],
}


@pytest.fixture
def paper(merchant, provider):
    """From 3 March on, so that March's guarantee is for 29 of its 31 days."""
    with clock.standing_at(BEGIN):
        return agreed(merchant, provider, components=[FEE], period_components=[LADDER, GUARANTEE])


def of_split(version: AgreementVersion, until: str, tmp_path) -> set[tuple[str, str, str, int]]:
    """(month, month corrected, part, fen of the payee), by the command and its files."""
    agreement, orders, out = (tmp_path / name for name in ("a.json", "o.csv", "e.csv"))
    agreement.write_text(json.dumps(version.data))
    with orders.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["order", "line", "event", "phase", "gross_fen", "occurred_at", "event_id"])
        for one in OrderEvent.objects.select_related("line").order_by("pk"):
            writer.writerow(
                [
                    one.line.order,
                    one.line.line,
                    one.kind,
                    one.phase or "",
                    one.amount_fen,
                    one.occurred_at.isoformat(),
                    one.pk,
                ]
            )
    call_command("split", agreement=agreement, orders=orders, out=out, until=until, verbosity=0)
    with out.open() as file:
        return {
            (row["order"], row["line"], row["component"], int(row["amount_fen"]))
            for row in csv.DictReader(file)
            if row["event"] == "period" and row["party"] == "payee"
        }


def of_books() -> set[tuple[str, str, str, int]]:
    return {
        (
            f"{row.posted_in:%Y-%m}",
            f"{row.corrects:%Y-%m}" if row.corrects else "",
            row.code,
            row.amount_fen,
        )
        for row in TrueUp.objects.all()
    }


def test_the_same_rows_as_split(merchant, provider, creator, maker, checker, paper, tmp_path):
    """Bands, a part month, deductions, several phases, refunds within and after the month."""
    sold(merchant, creator, "D1", month=3, gross=50_000)
    sold(merchant, creator, "D2", month=3, day=8, refunded=5_001, back_after=3)
    sold(merchant, creator, "D3", month=3, day=20, refunded=7_777, back_after=30)  # in April
    with on(4, 22):
        phased = sold(merchant, creator, "D4", month=4, day=1, gross=1)
        record(phased.paid(1))
    with on(5, 12):
        approved(maker, checker, MARCH)
        march = of_books()
        assert march == of_split(paper, "2026-03", tmp_path)
    with on(5, 21):
        approved(maker, checker, APRIL)
    assert of_books() == of_split(paper, "2026-04", tmp_path)
    assert any(corrects == "2026-03" for _month, corrects, _code, _fen in of_books())
    assert march < of_books()  # a closed month stays as it is
    assert is_right()
    statement = statement_of(provider, MARCH)
    assert statement.true_ups == sum(fen for *_rest, fen in march)
    assert statement_of(merchant, MARCH).true_ups == -statement.true_ups


def test_what_is_told_late_corrects_in_the_open_month(
    merchant, provider, creator, maker, checker, paper
):
    """An order of March that is brought in when March is settled: its share counts in April with
    the day it happened, and so does the difference it makes to March's monthly parts."""
    sold(merchant, creator, "D1", month=3, gross=50_000)
    with on(4, 12):
        approved(maker, checker, MARCH)
    before = of_books()
    late = sold(merchant, creator, "D9", month=3, day=10, gross=40_000, told=(4, 25))
    assert Journal.objects.filter(
        period=APRIL, occurred_at__lt=late.paid_at + timedelta(4)
    ).exists()
    with on(5, 12):
        approved(maker, checker, APRIL)
    new = TrueUp.objects.exclude(run__month=MARCH)
    assert before < of_books()
    assert {(row.posted_in, row.code) for row in new} >= {(MARCH, "阶梯")}
    assert {row.journal.period for row in new} == {APRIL}
    ladder = sum(row.amount_fen for row in TrueUp.objects.filter(code="阶梯", posted_in=MARCH))
    assert ladder == 900 + 60_000 * 450 // 10_000
    assert is_right()


def test_a_paper_that_ended_is_read_again_only_where_something_was_told(
    merchant, provider, creator, maker, checker
):
    """April's run looks at March's paper a last time, May's no more; a refund that comes in later
    is found, and corrects."""
    with clock.standing_at(BEGIN):
        old = agreed(
            *(merchant, provider),
            ends_on=APRIL,
            components=[FEE],
            period_components=[LADDER],
        )
    sold(merchant, creator, "D1", month=3, gross=50_000)
    refunded = sold(merchant, creator, "D2", month=3, gross=40_000)
    for month, after in ((MARCH, 4), (APRIL, 5), (MAY, 6)):
        with on(after, 2):
            run = services.prepare_run(maker.actor, month=month, in_background=False)
            looked_at = [one.version.pk for one in papers_to_look_at(run)]
            assert looked_at == ([old.pk] if month == MARCH else []), month
            approve(maker, checker, run)
    with on(6, 20):
        record(refunded.refunded(40_000, hours=24 * 100))
    with on(7, 2):
        run = services.prepare_run(maker.actor, month=JUNE, in_background=False)
        assert [one.version.pk for one in papers_to_look_at(run)] == [old.pk]
        approve(maker, checker, run)
    assert TrueUp.objects.get(run=run).corrects == MARCH
    assert sum(TrueUp.objects.values_list("amount_fen", flat=True)) == 900 + 20_000 * 450 // 10_000
    assert is_right()


def test_months_that_stand_are_not_read_again_and_nothing_is_missed(
    merchant, provider, creator, maker, checker, paper
):
    """After each run what is posted is what a reading of everything says: of a refund that came
    before a late run of the month before it, of a month without sales, and of one that is told
    when three were settled."""
    refunded = sold(merchant, creator, "D1", month=4, gross=50_000)
    read = {}
    for month, prepared in ((MARCH, (4, 3)), (APRIL, (5, 10)), (MAY, (6, 3)), (JUNE, (7, 3))):
        if month == APRIL:
            with on(5, 3):  # what April's run, a week later, leaves for May's
                record(refunded.refunded(20_000, hours=24 * 28))
        if month == JUNE:
            sold(merchant, creator, "D0", month=3, day=20, gross=30_000, told=(6, 20))
        with on(*prepared):
            run = services.prepare_run(maker.actor, month=month, in_background=False)
            read[month] = [(one.start, one.paid_from) for one in papers_to_look_at(run)]
            approve(maker, checker, run)
        whole = {one.key: one.amount for one in rows_due(Look(paper), month)}
        rows = TrueUp.objects.values_list("code", "posted_in", "corrects")
        sums = rows.annotate(fen=Sum("amount_fen")).exclude(fen=0)
        assert {tuple(key): fen for *key, fen in sums} == whole, month
    assert [start for [(start, _paid)] in read.values()] == [None, APRIL, APRIL, MARCH]
    assert any(one.corrects == APRIL and one.posted_in == MAY for one in TrueUp.objects.all())
    assert TrueUp.objects.filter(posted_in=MAY, corrects=None, code="保底").exists()
    assert is_right()


def test_a_merge_of_the_payer_takes_nothing_back(
    merchant, provider, creator, maker, checker, paper
):
    """Twice, one into the next: the paper is the last one's, its lines stay the first one's. A
    refund that is told then corrects its own month; the others stand."""
    refunded = sold(merchant, creator, "D1", month=3, gross=50_000)
    sold(merchant, creator, "D2", month=4, gross=40_000)
    for month, after in ((MARCH, 4), (APRIL, 5)):
        with on(after, 2):
            run = services.prepare_run(maker.actor, month=month, in_background=False)
            approve(maker, checker, run)
    before, absorbed = of_books(), merchant.party
    for name in ("甲店", "乙店"):
        survivor = factories.listed_party(PartyKind.MERCHANT, name)
        with on(5, 18):
            merged(absorbed, survivor)
        absorbed = survivor
    paper = AgreementVersion.objects.get(pk=paper.pk)
    assert paper.agreement.payer == survivor
    whole = {one.key: one.amount for one in rows_due(Look(paper), APRIL)}
    assert {(f"{month:%Y-%m}", code, fen) for (code, month, _about), fen in whole.items()} == {
        (month, code, fen) for month, _about, code, fen in before
    }
    with on(5, 20):
        record(refunded.refunded(20_000, hours=24 * 76))
    with on(6, 2):
        run = services.prepare_run(maker.actor, month=MAY, in_background=False)
        approve(maker, checker, run)
    new = of_books() - before
    assert before < of_books()
    assert ("2026-05", "2026-03", "阶梯", 30_000 * 300 // 10_000 - (900 + 900)) in new
    assert {about for _month, about, _code, _fen in new} == {"", "2026-03"}
    assert {month for month, *_rest in new} == {"2026-05"}
    assert is_right()
    assert statement_of(person_of(survivor), MAY).true_ups == -sum(fen for *_rest, fen in new)


def approve(maker, checker, run) -> None:
    services.send_statements(maker.actor, run=services.run_now(maker.actor, run=run))
    with clock.standing_at(clock.now() + timedelta(days=8)):
        services.agree_silent(SYSTEM)
        if run.statements.approvable().exists():
            services.approve_statements(checker.actor, run=run)


def test_a_second_time_posts_nothing(merchant, provider, creator, maker, paper):
    sold(merchant, creator, "D1", month=3)
    with on(4, 12):
        run = services.prepare_run(maker.actor, month=MARCH, in_background=False)
        assert post_true_ups(maker.actor, run=run) == 2
        assert post_true_ups(maker.actor, run=run) == 0
        services.run_now(maker.actor, run=run)
    assert TrueUp.objects.count() == 2
