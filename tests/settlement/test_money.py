"""A party's page of money: three amounts, the statement that waits, its lines and formulas."""

from __future__ import annotations

import pytest
from django.urls import reverse

from portal.settlement import selectors, services
from portal.settlement.fields import DisputeFields
from tests.revenue.orders.telling import GROSS

from .making import APRIL, MARCH, approved, on, papers, settled, sold, statement_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "rows"}


def body(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def home(person, query="", **more):
    return body(person.browser().get(f"{reverse('money_home')}{query}", **more))


def test_before_the_first_statement_it_says_when_that_comes(merchant):
    with on(3, 12):
        page = home(merchant)
    assert page.count("¥0.00") == 3
    assert "2026-04" in page
    assert 'id="rows"' not in page


def test_three_amounts_are_told_and_never_added(merchant, creator, provider, maker, checker):
    papers(merchant, creator, provider)
    sold(merchant, creator, "D1", month=3)
    sold(merchant, creator, "D2", month=4)
    with on(4, 12):
        approved(maker, checker, MARCH)
        sold(merchant, creator, "D3", month=4, day=11)
    fee = GROSS * 4 // 100
    with on(5, 2):
        settled(maker, APRIL)
        amounts = selectors.amounts_of(provider.party.pk, statement_of(provider))
        page = home(provider)
    assert [one.fen for one in amounts] == [fee, 2 * fee, 0]
    assert statement_of(provider).number in page
    assert f"¥{fee / 100:,.2f}" in page
    assert f"¥{3 * fee / 100:,.2f}" not in page


def test_a_row_opens_to_its_lines_and_a_line_to_its_formula(merchant, creator, provider, maker):
    papers(merchant, creator, provider)
    orders = [sold(merchant, creator, f"D{n}", month=3, day=4 + n) for n in range(6)]
    sold(merchant, creator, "D9", month=3, day=12, refunded=9_900)
    with on(4, 12):
        settled(maker, MARCH)
        statement = statement_of(provider)
        (row,) = selectors.cooperations_of(statement)
        page = home(provider)
        closed = home(provider, "?open=0", headers=HTMX)
        shown = home(provider, f"?open={row.key}")
    assert (row.lines, row.amount) == (len(orders) + 1, statement.total)
    assert merchant.party.name in row.title
    assert creator.party.name in row.title
    assert [paper.url for paper in row.papers] != []
    assert "D9/1" in page
    assert "D0/1" not in page
    assert page.count('class="sub"') == 5  # four lines, and the way to all of them
    assert "D9/1" not in closed
    assert closed.lstrip().startswith('<div id="rows"')
    assert 'id="flow"' in shown
    assert "4%" in shown
    assert '<svg class="flow"' in shown, "who reads their own share only sees it drawn, too"
    own = selectors.shares_of_statement(statement)
    assert (own.gross, [one.amount for one in own.parts]) == (row.turnover, [statement.total])
    whole = selectors.shares_of_run(statement.run)  # what no party got is the platform's
    assert whole.gross == row.turnover
    assert {one.kind for one in whole.parts} == {"merchant", "creator", "provider"}
    api = provider.browser()
    first = api.get(f"/api/v1/statements/{statement.number}/lines/?limit=4").json()
    rest = api.get(f"/api/v1/statements/{statement.number}/lines/?cursor={first['older']}").json()
    told = [*first["lines"], *rest["lines"]]
    assert [len(first["lines"]), len(told), rest["older"]] == [4, row.lines, ""]
    assert sum(one["amount_fen"] for one in told) == statement.total
    assert api.get(f"/api/v1/statements/{statement.number}/paper/").content.startswith(b"%PDF")


def test_lines_page_by_page_are_each_line_once(merchant, creator, provider, maker):
    papers(merchant, creator, provider)
    for n in range(7):
        sold(merchant, creator, f"D{n}", month=3, day=4 + n, refunded=9_900 if n == 3 else 0)
    with on(4, 12):
        settled(maker, MARCH)
    statement = statement_of(provider)
    found, cursor = [], ""
    while True:
        page = selectors.lines_page(statement, cursor=cursor, size=3)
        found += page.lines
        if not (cursor := page.next):
            break
    assert [one.line.order for one in found] == [f"D{n}" for n in range(6, -1, -1)]
    assert sum(one.amount for one in found) == statement.total
    assert sum(one.turnover for one in found) == 7 * GROSS - 9_900
    back = selectors.lines_page(statement, cursor=page.previous, size=3)
    assert [one.line.order for one in back.lines] == ["D3", "D2", "D1"]
    assert selectors.lines_page(statement, cursor="forged", size=3).lines[0].line.order == "D6"
    assert [one.line.order for one in selectors.lines_page(statement, order="D4").lines] == ["D4"]
    assert list(selectors.all_lines(statement, at_once=2)) == found


def test_a_disputed_line_is_told_and_the_rest_is_due(merchant, creator, provider, maker):
    papers(merchant, creator, provider)
    order = sold(merchant, creator, "D1", month=3)
    sold(merchant, creator, "D2", month=3, day=9)
    with on(4, 12):
        settled(maker, MARCH)
        statement = statement_of(provider)
        line = selectors.lines_page(statement, order=order.facts.order).lines[0].line
        fields = DisputeFields([line.pk], "账单重复")
        services.dispute_lines(provider.actor, statement=statement, fields=fields)
        due = selectors.due_of(statement_of(provider))
        page = home(provider)
        (row,) = selectors.cooperations_of(statement)
    fee = GROSS * 4 // 100
    assert (due.total, due.held, due.lines, due.payable) == (2 * fee, fee, 1, fee)
    assert row.disputed == 1
    assert f"−¥{fee / 100:,.2f}" in page


def test_own_statements_are_listed_and_others_are_not(merchant, creator, provider, rival, maker):
    papers(merchant, creator, provider)
    sold(merchant, creator, "D1", month=3)
    with on(4, 12):
        settled(maker, MARCH)
        page = body(provider.browser().get(reverse("statement_list")))
        other = body(rival.browser().get(reverse("statement_list")))
        number = statement_of(provider).number
        strange = rival.browser().get(reverse("statement_detail", args=[number]))
    assert number in page
    assert number not in other
    assert strange.status_code == 404
