import pytest

from tests.ledger.books import Books, books_of


@pytest.fixture
def books(merchant) -> Books:
    return books_of(merchant.party.pk)
