"""A month's end: monthly parts, closing, and one statement of each party, at a hundred thousand
order lines and again at a million in the month after.

The floor is the plain sum of the same entries by account, which says nothing of papers, parts and
refunds. Lines are written by the database itself: what is measured reads them, however they came.
One line in twenty is given back in part.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import django

from tests.bench import Row

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
LINES = int(os.environ.get("TRILINK_BENCH_LINES", "1000000"))
MERCHANTS, CREATORS, LADDERS = 500, 1_500, 5
APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)
GROSS, SHARE, FEE = 19_900, 3_980, 995
TREE = (
    '{"version":1,"effective_from":"2016-01-01","residual":"merchant","components":['
    '{"code":"platform_fee","rate_bp":500,"party":"platform"},'
    '{"code":"commission","rate_bp":2000,"party":"creator"}]}'
)
FLOOR = """
    SELECT entry.account_id, sum(entry.amount) FROM ledger_entry entry
    JOIN ledger_journal journal ON journal.id = entry.journal_id
    WHERE journal.period = %s GROUP BY entry.account_id
"""


def run() -> list[Row]:
    first, times, rows = prepare(), list[float](), list[Row]()
    for size, month in ((LINES // 10, APRIL), (LINES, MAY)):
        fill(first, size, month)
        took, floor = settle(month), seconds(lambda m=month: sql(FLOOR, [m]))
        times.append(took)
        label = f"a month's end over {size:,} order lines"
        rows.append(Row(f"{label}, against the plain sum", took, floor, "s", "≤", 30))
        assert_right(size, month)
    rows.append(
        Row("… ten times as many lines, times as long", times[1] / times[0], None, "×", "≤", 15)
    )
    return rows


def prepare() -> int:
    """Parties, their accounts and trees; five merchants' papers have a ladder by the month. The
    first party's key."""
    django.setup()
    from django.core.management import call_command

    from portal.core import clock
    from portal.core.actor import system_actor
    from portal.ledger.services import Place, open_accounts
    from portal.ledger.states import Kind, Track
    from portal.parties.reference import load_reference
    from portal.parties.states import PartyKind
    from tests.factories import SYSTEM, draft_party

    call_command("migrate", database="owner", verbosity=0)
    load_reference(system_actor("command"))
    with clock.standing_at(datetime(2026, 3, 1, tzinfo=UTC)):
        papers = [paper(n) for n in range(LADDERS)]
        first = draft_party(PartyKind.MERCHANT, "结算", has_papers=False).pk
    sql(
        "INSERT INTO parties_party SELECT (jsonb_populate_record(party,"
        " jsonb_build_object('id', party.id + n))).*"
        " FROM parties_party party, generate_series(1, %s) n WHERE party.id = %s",
        [MERCHANTS + CREATORS - 1, first],
    )
    places = [Place(None, kind, Track.SETTLED) for kind in (Kind.CLEARING, Kind.FEES)]
    shares = [first + n for n in range(MERCHANTS + CREATORS)]
    places += [Place(pk, Kind.SHARE, Track.SETTLED) for pk in shares]
    open_accounts(SYSTEM, places=places)
    sql(
        "INSERT INTO revenue_terms (sha256, document, made_of)"
        " SELECT lpad(n::text, 64, '0'), %s, '[]' FROM generate_series(0, %s) n",
        [TREE, MERCHANTS - 1],
    )
    for n, (merchant, version) in enumerate(papers):
        made_of = f'[{{"part": "provider_fee", "from": "paper", "id": "{version}"}}]'
        owner(
            "UPDATE revenue_terms SET made_of = %s::jsonb WHERE sha256 = lpad(%s::text, 64, '0')",
            [made_of, n],
        )
        owner(
            "UPDATE revenue_agreement SET payer_id = %s WHERE payer_id = %s", [first + n, merchant]
        )
    return first


def paper(number: int) -> tuple[int, str]:
    """A merchant's with a provider: a ladder on its turnover. Whose it is, and the version."""
    from portal.parties.states import PartyKind
    from tests import factories
    from tests.conftest import person_of
    from tests.revenue.agreements.making import FEE as FEE_PART
    from tests.revenue.agreements.making import agreed

    merchant = person_of(factories.listed_party(PartyKind.MERCHANT, f"阶梯{number}"))
    provider = person_of(factories.listed_party(PartyKind.PROVIDER, f"服务{number}"))
    bands = [{"up_to_fen": 50_000_000, "rate_bp": 300}, {"up_to_fen": None, "rate_bp": 400}]
    ladder = {"code": "阶梯", "party": "payee", "payer": "payer", "of": "net_gmv"}
    ladder |= {"ladder": {"mode": "marginal", "bands": bands}}
    version = agreed(merchant, provider, components=[FEE_PART], period_components=[ladder])
    assert merchant.party is not None
    return merchant.party.pk, str(version.pk)


def fill(first: int, size: int, month: date) -> None:
    """Lines paid and settled in the month, as an import would have left them."""
    at = datetime(month.year, month.month, 5, 4, tzinfo=UTC)
    values = {
        "size": size,
        "first": first,
        "merchants": MERCHANTS,
        "creators": CREATORS,
        "month": month,
        "paid": at,
        "settled": at + timedelta(days=10),
        "refunded": at + timedelta(days=20),
        "prefix": f"{month:%y%m}",
        "gross": GROSS,
        "share": SHARE,
        "fee": FEE,
    }
    for statement in FILL:
        owner(statement, values)
    owner("ANALYZE")


FILL = (
    """
    CREATE TEMPORARY TABLE told AS
    SELECT n, nextval('revenue_orderline_id_seq') AS line,
        nextval('revenue_orderevent_id_seq') AS settled,
        nextval('ledger_journal_id_seq') AS journal,
        CASE WHEN n %% 20 = 0 THEN nextval('revenue_orderevent_id_seq') END AS refunded,
        CASE WHEN n %% 20 = 0 THEN nextval('ledger_journal_id_seq') END AS back,
        %(first)s + n %% %(merchants)s AS merchant,
        %(first)s + %(merchants)s + (n * 7) %% %(creators)s AS creator
    FROM generate_series(1, %(size)s) n
    """,
    """
    INSERT INTO revenue_orderline (id, feed_id, "order", line, merchant_id, creator_id, shop,
        account, product, product_source, carrier, live, buyer, paid_at, terms_id, paid_fen,
        settled_fen, refunded_fen, signs)
    SELECT line, 'douyin', %(prefix)s || n, '1', merchant, creator, '', '', '', 'shop', '', '', '',
        %(paid)s, lpad((n %% %(merchants)s)::text, 64, '0'), %(gross)s, %(gross)s,
        CASE WHEN back IS NULL THEN 0 ELSE %(gross)s / 2 END, '{}'
    FROM told
    """,
    """
    INSERT INTO revenue_orderevent (feed_id, line_id, event_id, kind, phase, amount_fen,
        occurred_at, recorded_at)
    SELECT 'douyin', line, '', 'paid', 0, %(gross)s, %(paid)s, %(paid)s FROM told
    """,
    """
    INSERT INTO revenue_orderevent (id, feed_id, line_id, event_id, kind, phase, amount_fen,
        occurred_at, recorded_at)
    SELECT settled, 'douyin', line, '', 'settled', 1, %(gross)s, %(settled)s, %(settled)s FROM told
    UNION ALL
    SELECT refunded, 'douyin', line, '', 'refunded', 0, %(gross)s / 2, %(refunded)s, %(refunded)s
    FROM told WHERE back IS NOT NULL
    """,
    """
    WITH made AS (
        INSERT INTO ledger_journal (id, key, content, cause_type, cause_id, occurred_at, posted_at,
            period, text, role, via)
        SELECT journal, 'order/' || settled, gen_random_uuid(), 'order_event', settled::text,
            %(settled)s, %(settled)s, %(month)s, 'settled', 'system', 'demo' FROM told
        UNION ALL
        SELECT back, 'order/' || refunded, gen_random_uuid(), 'order_event', refunded::text,
            %(refunded)s, %(refunded)s, %(month)s, 'refunded', 'system', 'demo'
        FROM told WHERE back IS NOT NULL
    ), moved AS (
        SELECT journal, merchant, creator, 2 AS halves FROM told
        UNION ALL SELECT back, merchant, creator, -1 FROM told WHERE back IS NOT NULL
    ), legs AS (
        SELECT journal, NULL::bigint AS party, 'clearing' AS kind,
            -%(gross)s / 2 * halves AS amount, 'order' AS part FROM moved
        UNION ALL SELECT journal, NULL, 'fees', 497 * halves, 'platform_fee' FROM moved
        UNION ALL SELECT journal, creator, 'share', %(share)s / 2 * halves, 'commission' FROM moved
        UNION ALL SELECT journal, merchant, 'share',
            (%(gross)s / 2 - 497 - %(share)s / 2) * halves, 'residual' FROM moved
    )
    INSERT INTO ledger_entry (journal_id, account_id, amount, part)
    SELECT legs.journal, account.id, legs.amount, legs.part
    FROM legs JOIN ledger_account account ON account.kind = legs.kind AND account.track = 'settled'
      AND account.party_id IS NOT DISTINCT FROM legs.party
    ORDER BY legs.journal
    """,
    "DROP TABLE told",
)


def settle(month: date) -> float:
    """Calculated, as the job does it; then agreed and approved, so that the next month may."""
    from portal.core import clock
    from portal.settlement import services
    from portal.settlement.models import Statement
    from tests.conftest import staff_person
    from tests.factories import SYSTEM

    later = datetime(month.year, month.month + 1, 10, tzinfo=UTC)
    checker = staff_person("finance checker", "auditor", *(["support"] if month == MAY else []))
    with clock.standing_at(later):
        run = services.prepare_run(SYSTEM, month=month, in_background=False)
        took = seconds(lambda: services.run_now(SYSTEM, run=run))
        services.send_statements(SYSTEM, run=run)
    with clock.standing_at(later + timedelta(days=8)):
        while services.agree_silent(SYSTEM):
            pass
        services.approve_statements(checker.actor, run=run)
    assert not Statement.objects.waiting().exists()
    return took


def assert_right(size: int, month: date) -> None:
    from django.db.models import Sum

    from portal.settlement import selectors
    from portal.settlement.models import Statement, TrueUp

    assert not [check for check in selectors.verification() if check.wrong]
    rows = Statement.objects.filter(month=month)
    assert rows.count() == MERCHANTS + CREATORS + LADDERS
    assert rows.aggregate(lines=Sum("lines"))["lines"] == 2 * size
    assert TrueUp.objects.filter(posted_in=month).count() == LADDERS


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def sql(statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def owner(statement: str, values: Any = None) -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)
