import pytest

from tests.receiver import receiving


@pytest.fixture
def receiver(settings):
    settings.ALLOW_LOCAL_ADDRESSES = True
    with receiving() as told:
        yield told
