"""A read refuses a parameter it does not know, and names those it knows."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from portal.core.api.schema import SchemaGenerator
from tests import factories

pytestmark = pytest.mark.django_db
V1 = "/api/v1"


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("/needs/?categry=food", ["category", "cursor", "limit", "service", "view"]),
        ("/service-offers/?kind=1", ["limit", "service", "view"]),
        ("/activity/?from=1", ["days"]),
        ("/facts/?indicator=1", ["measure", "since"]),
        ("/cooperations/?status=active", ["cursor", "limit"]),
        ("/directory/providers/?categories=food", ["category", "city"]),
    ],
)
def test_unknown_parameter_is_refused_with_the_names_there_are(provider, address, known):
    answer = provider.browser().get(f"{V1}{address}")
    [(name, [sentence])] = answer.json().items()
    assert answer.status_code == 400
    assert f"?{name}=" in address
    assert set(known) <= set(re.split(r"[^a-z_]+", sentence))


def test_sentence_is_in_the_language_of_the_request(provider):
    headers = {"Accept-Language": "en"}
    answer = provider.browser().get(f"{V1}/needs/?x=1", headers=headers).json()
    assert answer["x"][0].startswith("There is no such parameter.")


def test_known_parameters_pass(merchant, provider):
    factories.open_need(merchant.actor)
    browser = provider.browser()
    for address in ("/needs/?view=open&limit=1&category=food", "/proposals/?limit=1"):
        assert browser.get(f"{V1}{address}").status_code == 200
    page = browser.get(f"{V1}/needs/?limit=1").json()
    assert page["results"]


def test_writes_and_the_schema_itself_are_asked_as_before(client, merchant):
    assert client.get(f"{reverse('schema')}?lang=en&format=json").status_code == 200
    answer = merchant.browser().post(f"{V1}/needs/?x=1", "{}", content_type="application/json")
    assert "x" not in answer.json()


def test_every_read_says_in_the_schema_that_it_may_refuse_and_does(operator):
    """All addresses that need no key, as they stand in the schema."""
    browser, paths = operator.browser(), SchemaGenerator().get_schema(public=True)["paths"]
    reads = {path: found["get"] for path, found in paths.items() if "get" in found}
    assert [path for path, read in reads.items() if "400" not in read["responses"]] == []
    plain = [path for path in reads if "{" not in path]
    assert len(plain) > 30
    asked = {path: browser.get(path, {"no-such-parameter": "1"}).status_code for path in plain}
    assert {path: code for path, code in asked.items() if code != 400} == {}
