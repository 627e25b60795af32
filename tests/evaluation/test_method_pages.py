"""The open method as everybody reads it, and as machines do."""

from __future__ import annotations

import json

import pytest

from portal.evaluation.models import Method
from tests.conftest import staff_person
from tests.evaluation.makers import (
    announced_method,
    drafted_method,
    method_fields,
    method_in_force,
)

pytestmark = pytest.mark.django_db
API = "/api/v1/methods/"


@pytest.fixture
def english(visitor):
    visitor.cookies["django_language"] = "en"
    return visitor


def test_method_page_before_there_is_one_says_so(english):
    response = english.get("/method/")
    assert response.status_code == 200
    assert "No method is announced yet" in response.content.decode()


def test_method_page_shows_every_indicator_to_everybody(english):
    method = method_in_force()
    text = english.get("/method/").content.decode()
    for dimension in method.document["dimensions"]:
        assert dimension["name"]["en"] in text
        for indicator in dimension["indicators"]:
            assert indicator["name"]["en"] in text
    assert method.digest in text
    assert "manage.py evaluate" in text


def test_method_page_of_agencies_and_of_nobody(english):
    method_in_force("agency")
    assert "How agencies are rated" in english.get("/method/?code=agency").content.decode()
    assert english.get("/method/?code=merchant").status_code == 404


def test_draft_is_no_page_for_others(english, provider):
    draft = drafted_method()
    assert english.get(draft.get_absolute_url()).status_code == 404
    assert provider.browser().get(draft.get_absolute_url()).status_code == 404
    assert staff_person("evaluation").browser().get(draft.get_absolute_url()).status_code == 200


def test_announced_version_leads_to_what_changes(english):
    method_in_force()
    coming = announced_method(version="2026-2", min_coverage=0.5)
    changes = f"{coming.get_absolute_url()}changes/"
    assert changes in english.get("/method/").content.decode()
    text = english.get(changes).content.decode()
    assert "least coverage" in text
    assert "0.6" in text
    assert "0.5" in text


def test_documents_are_downloaded_word_for_word(english):
    method = method_in_force()
    for name, document in (("document", method.document), ("gathering", method.gathering)):
        response = english.get(f"{method.get_absolute_url()}{name}.json")
        assert json.loads(response.content) == document
        assert "attachment" in response["Content-Disposition"]


def test_queries_of_the_method_page_do_not_grow_with_versions(
    english, django_assert_max_num_queries
):
    method_in_force()
    announced_method(version="2026-2")
    with django_assert_max_num_queries(14):
        english.get("/method/")


def test_machines_read_methods_and_draft_them(english):
    method_in_force()
    assert [one["version"] for one in english.get(API).json()["results"]] == ["2026-1"]
    client = staff_person("evaluation").browser()
    fields = method_fields(version="2026-2")
    body = {"document": fields.document, "gathering": fields.gathering}
    response = client.post(API, body, content_type="application/json")
    assert response.status_code == 201, response.json()
    draft = Method.objects.get(version="2026-2")
    url = f"{API}{draft.pk}/"
    body["document"]["dimensions"][0]["weight"] = -1
    response = client.put(url, body, content_type="application/json")
    assert response.status_code == 422
    assert "document.dimensions[0].weight" in response.json()["flaws"]
    assert english.get(url).status_code == 404
    assert client.get(f"{url}changes/").status_code == 200


def test_operator_writes_a_draft_in_admin_with_faults_at_their_place():
    client = staff_person("evaluation").browser()
    url = "/admin/evaluation/method/next/provider/"
    assert client.get(url).status_code == 200
    fields = method_fields()
    fields.document["dimensions"][1]["weight"] = "much"
    post = {"document": json.dumps(fields.document), "gathering": json.dumps(fields.gathering)}
    text = client.post(url, post).content.decode()
    assert "$.dimensions[1].weight" in text
    assert not Method.objects.exists()
    assert "JSON" in client.post(url, post | {"document": "{"}).content.decode()
    post["document"] = json.dumps(method_fields().document)
    assert client.post(url, post).status_code == 302
    draft = Method.objects.get()
    steps = f"/admin/evaluation/method/{draft.pk}/steps/"
    assert client.get(steps).status_code == 200
    response = client.post(steps, {"step": "withdraw", "withdraw-why": "Twice."})
    assert response.status_code == 302
    draft.refresh_from_db()
    assert draft.status == "withdrawn"
