"""The pages and the API of money: three amounts apart, every line with its balance, the books."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core import clock, jobs
from portal.core.files import read_file
from portal.core.models import ExportRun
from portal.ledger.models import Closing
from portal.ledger.services import close_period, post, post_many
from tests.conftest import staff_person
from tests.factories import SYSTEM
from tests.ledger.books import books_of, posting_of, sale

pytestmark = pytest.mark.django_db
HOME = "/money/entries/"


@pytest.fixture
def checker(db):
    return staff_person("finance checker")


def text_of(answer):
    return answer.content.decode()


def test_money_entries_shows_three_amounts_and_never_their_sum(books, merchant):
    post(SYSTEM, posting=posting_of((books.available, 1_234_500), (books.clearing, -1_234_500)))
    post(SYSTEM, posting=posting_of((books.share, 200_000), (books.clearing, -200_000)))
    estimate = ((books.expected, 30_000), (books.expected_clearing, -30_000))
    post(SYSTEM, posting=posting_of(*estimate))
    page = text_of(merchant.browser().get(HOME))
    for amount in ("¥12,345.00", "¥2,000.00", "¥300.00"):
        assert amount in page
    for total in ("¥14,345.00", "¥14,645.00", "¥2,300.00", "¥12,645.00"):
        assert total not in page


def test_money_entries_before_the_first_order_says_what_comes(merchant):
    page = text_of(merchant.browser().get(HOME))
    assert page.count("¥0.00") == 4  # available, pending, held, estimated
    assert reverse("money_statement", args=[1])[:-2] not in page


def test_debt_is_shown_and_not_cut_to_zero(books, merchant):
    post(SYSTEM, posting=posting_of((books.available, -500), (books.clearing, 500)))
    assert "−¥5.00" in text_of(merchant.browser().get(HOME))


def test_money_entries_narrows_to_its_table(books, merchant):
    post(SYSTEM, posting=sale(books))
    browser = merchant.browser()
    whole = text_of(browser.get(HOME))
    part = text_of(browser.get(HOME, headers={"HX-Request": "true", "HX-Target": "table"}))
    assert part.strip().startswith('<section id="table"')
    assert "</html>" in whole
    assert "</html>" not in part


@pytest.mark.parametrize("path", [HOME, "statement"])
def test_pages_ask_as_often_for_three_lines_as_for_one(
    books, merchant, path, django_assert_num_queries
):
    address = HOME if path == HOME else reverse("money_statement", args=[books.share])
    browser = merchant.browser()
    post(SYSTEM, posting=sale(books))
    browser.get(address)
    one = asked(browser, address)
    post_many(SYSTEM, postings=[sale(books), sale(books)])
    with django_assert_num_queries(one):
        browser.get(address)


def asked(browser, address):
    with CaptureQueriesContext(connection) as seen:
        browser.get(address)
    return len(seen)


def test_entries_are_filtered_by_account_and_track(books, merchant):
    post(SYSTEM, posting=posting_of((books.share, 111), (books.clearing, -111)))
    post(SYSTEM, posting=posting_of((books.expected, 222), (books.expected_clearing, -222)))
    browser = merchant.browser()
    htmx = {"HX-Request": "true", "HX-Target": "table"}
    estimated = text_of(browser.get(f"{HOME}?track=estimated", headers=htmx))
    assert "¥2.22" in estimated
    assert "¥1.11" not in estimated
    nonsense = browser.get(f"{HOME}?track=nonsense&kind=%00&cursor=x&sort=-amount")
    assert nonsense.status_code == 200


def test_statement_pages_through_every_line(books, merchant):
    post_many(SYSTEM, postings=[sale(books, 1_000 + n) for n in range(45)])
    browser, address, found = merchant.browser(), reverse("money_statement", args=[books.share]), 0
    while address:
        answer = browser.get(address)
        found += len(answer.context["page"].lines)
        cursor = answer.context["page"].older
        address = f"{address.partition('?')[0]}?cursor={cursor}" if cursor else ""
    assert found == 45


def test_statement_as_of_a_day_shows_both_dates(books, merchant):
    with clock.standing_at(datetime(2026, 3, 20, tzinfo=UTC)):
        post(SYSTEM, posting=sale(books, 1_000))
    address = reverse("money_statement", args=[books.share])
    answer = merchant.browser().get(f"{address}?day=2026-03-15")
    assert (answer.context["occurred"], answer.context["posted"]) == (950, 0)
    answer = merchant.browser().get(f"{address}?day=2026-03-20")
    assert (answer.context["occurred"], answer.context["posted"]) == (950, 950)
    assert merchant.browser().get(f"{address}?day=9999-99-99").status_code == 200


def test_statement_of_somebody_else_is_not_there(books, merchant, rival):
    theirs = books_of(rival.party.pk).share
    for account in (theirs, books.clearing, books.fees, 10**17):
        address = reverse("money_statement", args=[account])
        assert merchant.browser().get(address).status_code == 404


def test_books_are_zero_together_on_each_track(books, checker):
    post(SYSTEM, posting=sale(books, 1_000))
    answer = checker.browser().get("/books/?month=2026-03")
    estimated, settled = answer.context["tracks"]
    assert {row.kind: row.change for row in settled.rows} == {
        "clearing": -1_000,
        "fees": 50,
        "share": 950,
    }
    assert (settled.total.before, settled.total.change, settled.total.after) == (0, 0, 0)
    assert estimated.rows == []
    assert checker.browser().get("/books/?month=nonsense").status_code == 200


def test_month_is_closed_from_its_page(books, checker):
    post(SYSTEM, posting=sale(books))
    browser = checker.browser()
    answer = browser.post("/books/closing/", {"month": "2026-03"}, follow=True)
    assert Closing.objects.get().closed_by == checker.user
    assert answer.context["closing"] == Closing.objects.get()
    assert browser.post("/books/closing/", {"month": "2026-03"}).status_code == 409
    assert browser.post("/books/closing/", {"month": "soon"}).status_code == 302
    assert Closing.objects.count() == 1


def test_finance_maker_sees_why_closing_is_not_theirs(books):
    maker = staff_person("finance maker")
    answer = maker.browser().get("/books/?month=2026-03")
    assert str(answer.context["can_close"].reason) in text_of(answer)
    assert maker.browser().post("/books/closing/", {"month": "2026-03"}).status_code == 403
    assert not Closing.objects.exists()


@pytest.mark.parametrize(("kind", "ending"), [("hledger", ".journal"), ("beancount", ".beancount")])
def test_books_are_taken_out_as_a_file(books, checker, kind, ending):
    post(SYSTEM, posting=sale(books, 12_345))
    assert checker.browser().post("/exports/", {"kind": f"ledger.{kind}"}).status_code == 302
    run = ExportRun.objects.get()
    jobs.run_job(str(run.job_id))
    run.refresh_from_db()
    assert run.problem == ""
    assert run.file.name.endswith(ending)
    text = b"".join(read_file(checker.actor, file=run.file)).decode()
    assert "123.45 CNY" in text
    assert run.rows == len(text.splitlines())


def test_books_are_not_for_a_party(books, merchant):
    answer = merchant.browser().post("/exports/", {"kind": "ledger.hledger"})
    assert answer.status_code == 403
    assert not ExportRun.objects.exists()


def test_api_gives_balances_and_entries(books, merchant):
    post(SYSTEM, posting=sale(books, 1_000, text="订单 7"))
    with clock.standing_at(datetime(2026, 5, 1, tzinfo=UTC)):
        close_period(SYSTEM, month=date(2026, 3, 1))
    browser = merchant.browser()
    accounts = browser.get("/api/v1/money/accounts/").json()
    assert {(a["kind"], a["track"]): a["balance_fen"] for a in accounts} == {
        ("share", "settled"): 950,
        ("available", "settled"): 0,
        ("share", "estimated"): 0,
    }
    (entry,) = browser.get("/api/v1/money/entries/").json()["results"]
    assert (entry["amount_fen"], entry["text"], entry["part"]) == (950, "订单 7", "part-2")
    assert (entry["account"], entry["period"]) == (books.share, "2026-03-01")
    for other in (books.clearing, 0, "nonsense"):
        assert browser.get(f"/api/v1/money/entries/?account={other}").json()["results"] == []


def test_colleague_without_the_right_sees_no_money(books, colleague):
    for address in (HOME, "/api/v1/money/accounts/", "/api/v1/money/entries/"):
        assert colleague.browser().get(address).status_code == 403
    assert 'href="/money/"' not in text_of(colleague.browser().get("/"))
