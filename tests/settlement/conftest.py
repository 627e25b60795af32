import pytest

from tests.conftest import Person, staff_person


@pytest.fixture
def maker(db: None) -> Person:
    return staff_person("finance maker")


@pytest.fixture
def checker(db: None) -> Person:
    return staff_person("finance checker")
