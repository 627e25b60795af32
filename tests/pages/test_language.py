import pytest

pytestmark = pytest.mark.django_db


def test_chosen_language_is_that_of_the_mails_too(merchant):
    merchant.browser().post("/i18n/setlang/", {"language": "en", "next": "/workbench/"})
    merchant.user.refresh_from_db()
    assert merchant.user.language == "en"


def test_unknown_language_changes_nothing(merchant):
    merchant.browser().post("/i18n/setlang/", {"language": "xx"})
    merchant.user.refresh_from_db()
    assert merchant.user.language == "zh-hans"
