"""Files of orders: whose they are, which rows are wrong, and that twice is once."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.core.imports import apply_import, find_kind, start_import
from portal.core.jobs import run_job
from portal.core.models import ImportFault, ImportRun, ImportState
from portal.core.verdict import Refused
from portal.revenue.models import Feed, OrderEvent, OrderLine
from tests.revenue.orders.telling import books
from tests.revenue.orders.upstream import own_shop

pytestmark = pytest.mark.django_db
HEADER = (
    "source,event_id,order,line,event,phase,shop,product,category,product_source,creator,"
    "carrier,live_id,buyer_hash,gross,shop_coupon,platform_coupon,freight,refund_of,paid_at,"
    "occurred_at"
)


def row(event="paid", number="E1", gross="199.00", at="2026-03-01T20:15:00", **more):
    values = dict.fromkeys(HEADER.split(","), "") | {
        "source": "douyin",
        "event_id": number,
        "order": "D1",
        "line": "1",
        "event": event,
        "phase": "1" if event == "settled" else "",
        "shop": "shop-1",
        "product_source": "shop",
        "gross": gross,
        "occurred_at": at,
    }
    return ",".join((values | more).values())


PAID, SETTLED = row(), row("settled", "E2", at="2026-03-20T10:00:00")


@pytest.fixture(autouse=True)
def shop(merchant):
    return own_shop(merchant)


def run_of(actor, *rows, header=HEADER, encoding="utf-8") -> ImportRun:
    data = "\n".join([header, *rows]).encode(encoding)
    upload = SimpleUploadedFile("orders.csv", data, "text/csv")
    run = start_import(actor, kind=find_kind("revenue.orders"), upload=upload)
    run_job(str(run.job_id))
    return ImportRun.objects.get(pk=run.pk)


def finished(actor, run):
    run_job(str(apply_import(actor, run=run).job_id))
    return ImportRun.objects.get(pk=run.pk)


def faults():
    return {(fault.line, fault.field) for fault in ImportFault.objects.all()}


def test_dry_run_writes_nothing(operator):
    run = run_of(operator.actor, PAID, SETTLED)
    assert (run.state, run.good, run.bad) == (ImportState.CHECKED, 2, 0)
    assert not OrderLine.objects.exists()


def test_file_is_recorded_and_posted(operator, merchant):
    run = finished(operator.actor, run_of(operator.actor, PAID, SETTLED))
    assert (run.state, run.written) == (ImportState.DONE, 2)
    line = OrderLine.objects.get()
    assert (line.merchant, line.paid_fen, line.settled_fen) == (merchant.party, 19_900, 19_900)
    assert books()[merchant.party.pk, "share", "settled"] == 18_905


def test_other_file_with_the_same_events_changes_nothing(operator):
    finished(operator.actor, run_of(operator.actor, PAID))
    before = books()
    run = finished(operator.actor, run_of(operator.actor, PAID + " "))
    assert (run.written, books()) == (0, before)
    assert OrderEvent.objects.count() == 1


def test_gbk_and_saved_headers(operator):
    headers = {"订单编号": "order", "子单": "line", "成交额": "gross"}
    Feed.objects.filter(code="douyin").update(headers=headers)
    header = HEADER.replace(",order,line,", ",订单编号,子单,").replace("gross", "成交额")
    run = finished(operator.actor, run_of(operator.actor, PAID, header=header, encoding="gbk"))
    assert OrderLine.objects.get().paid_fen == 19_900
    assert run.ignored == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"shop": "nobody"}, "shop"),
        ({"creator": "nobody"}, "creator"),
        ({"source": "elsewhere"}, "source"),
        ({"event": "sold"}, "event"),
        ({"event": "settled"}, "phase"),
        ({"phase": "1"}, "phase"),
        ({"gross": "-1"}, "gross"),
        ({"gross": "0"}, "gross"),
        ({"occurred_at": "soon"}, "occurred_at"),
        ({"category": "nothing"}, "category"),
        ({"shop_coupon": "200"}, "event"),
    ],
)
def test_bad_row_is_named(operator, change, field):
    phase = {"phase": ""} if change.get("event") == "settled" else {}
    run = run_of(operator.actor, PAID, row(number="E9", order="D9", **(change | phase)))
    assert (run.good, run.bad) == (1, 1)
    assert faults() == {(3, field)}


def test_settled_above_paid_is_named_at_its_line(operator):
    run = run_of(operator.actor, PAID, row("settled", "E2", "199.01", "2026-03-20"))
    assert (run.bad, faults()) == (1, {(3, "gross")})
    assert "¥199.01" in ImportFault.objects.get().sentence


def test_rows_that_cannot_be_leave_the_others_in(operator):
    """One refused row does not hide the next, and what is left is imported."""
    more = [row("refunded", f"E{n}", "200", f"2026-03-2{n}") for n in range(3, 6)]
    good = row("refunded", "E7", "199", "2026-03-28")
    run = run_of(operator.actor, PAID, SETTLED, *more, good)
    assert (run.good, faults()) == (3, {(4, "gross"), (5, "gross"), (6, "gross")})
    assert finished(operator.actor, run).written == 3
    assert books() == {}


def test_payment_that_leaves_no_room_for_what_waits_is_refused(operator):
    finished(operator.actor, run_of(operator.actor, SETTLED))
    less = row(number="E8", gross="100")
    refund = row("refunded", "E9", "20", "2026-03-25")
    run = run_of(operator.actor, less, refund)
    assert (run.good, faults()) == (1, {(2, "gross")})
    assert finished(operator.actor, run).written == 1  # it waits, too
    assert books() == {}
    finished(operator.actor, run_of(operator.actor, PAID))
    assert OrderLine.objects.get().refunded_fen == 2_000


def test_merchant_brings_no_orders(merchant):
    with pytest.raises(Refused):
        run_of(merchant.actor, PAID)
