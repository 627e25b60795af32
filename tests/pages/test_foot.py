"""The foot of every page: terms always, numbers where the operator has set them."""

import pytest

pytestmark = pytest.mark.django_db
NUMBERS = {
    "OPERATOR_NAME": "上海某某网络科技有限公司",
    "BUSINESS_LICENCE": "91310115MA00000001",
    "ICP_NUMBER": "沪ICP备2026000000号",
    "POLICE_NUMBER": "沪公网安备31010502000000号",
    "EDI_LICENCE": "沪B2-20260000",
    "COMPLAINT_PHONE": "021-5555 1234",
    "COMPLAINT_EMAIL": "tousu@example.com",
    "SOURCE_URL": "https://example.com/source",
}


@pytest.mark.parametrize("path", ["/", "/terms/", "/accounts/signup/", "/nowhere/"])
def test_public_pages_link_the_terms(client, path):
    page = client.get(path).content.decode()
    assert 'href="/terms/terms/"' in page
    assert 'href="/terms/privacy/"' in page


def test_nothing_is_shown_that_is_not_set(client):
    page = client.get("/").content.decode()
    assert "beian" not in page
    assert "mailto:" not in page


def test_what_is_set_is_shown_on_both_frames(client, merchant, settings):
    for name, value in NUMBERS.items():
        setattr(settings, name, value)
    for page in (client.get("/"), merchant.browser().get("/workbench/")):
        text = page.content.decode()
        for value in NUMBERS.values():
            assert value in text
        assert "https://beian.mps.gov.cn/#/query/webSearch?code=31010502000000" in text
        assert 'href="https://beian.miit.gov.cn/"' in text
