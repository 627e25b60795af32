"""Money for whom it belongs to, and the books for the platform's finance people and auditors."""

from datetime import UTC, datetime

from portal.core import clock
from portal.ledger.models import Account, Closing, Journal
from portal.ledger.services import close_period, post
from tests.factories import SYSTEM
from tests.ledger.books import books_of, sale
from tests.routes import Arranged, Cast

OWNERS = "owner 200, provider 200, rival 200, agency 200, creator 200"
READERS = "finance maker 200, finance checker 200, auditor 200, administrator 200"
PAGES = {
    "GET money_entries": f"visitor 302, {OWNERS}, member 403, * 404",
    "GET money_statement": "visitor 302, owner 200, member 403, * 404",
    "GET books_detail": f"visitor 302, {READERS}, * 403",
    "POST books_closing": (
        "visitor 302, finance checker 302, administrator 302, finance maker 403, auditor 403, * 403"
    ),
}
API = {
    "GET api-money-accounts": f"visitor 401, {OWNERS}, * 403",
    "GET api-money-entries": f"visitor 401, {OWNERS}, * 403",
    "GET api-money-statement": "visitor 401, owner 200, member 403, * 404",
    "GET api-money-as-of": "visitor 401, owner 200, member 403, * 404",
    "GET api-books": f"visitor 401, {READERS}, * 403",
    "GET api-books-closings": f"visitor 401, {READERS}, * 403",
    "POST api-books-closings": "visitor 401, finance checker 201, administrator 201, * 403",
}
BOOKS = ("finance maker", "finance checker", "auditor")
SEEN_IN_ADMIN = {
    "ledger_account": BOOKS,
    "ledger_journal": BOOKS,
    "ledger_closing": BOOKS,
}


def arrange(cast: Cast) -> Arranged:
    assert cast.owner.party is not None
    books = books_of(cast.owner.party.pk)
    post(SYSTEM, posting=sale(books))
    with clock.standing_at(datetime(2027, 1, 1, tzinfo=UTC)):
        close_period(SYSTEM, month=datetime(2026, 3, 1, tzinfo=UTC).date())
    return Arranged(
        kwargs={
            name: {"pk": books.share}
            for name in ("money_statement", "api-money-statement", "api-money-as-of")
        },
        bodies={
            "POST books_closing": {"month": "2026-04"},
            "POST api-books-closings": {"month": "2026-04-01"},
        },
        rows={
            "ledger_account": Account.objects.get(pk=books.share),
            "ledger_journal": Journal.objects.get(),
            "ledger_closing": Closing.objects.get(),
        },
    )
