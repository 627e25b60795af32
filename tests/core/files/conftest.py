import pytest
from django.utils import translation

from portal.core.files import may_read_own, register_purpose
from portal.core.verdict import ALLOWED


@pytest.fixture(scope="session", autouse=True)
def _purposes():
    register_purpose("tests.paper")
    register_purpose("tests.card", may_read=may_read_own, is_personal=True)
    register_purpose("tests.poster", kinds=("image",), may_read=lambda a, f: ALLOWED, max_side=100)
    register_purpose("tests.table", kinds=("csv", "xlsx"), max_bytes=100_000)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """Rows of other tests are rolled back, their bytes are not."""
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield
