"""Papers over the API: the same steps, the same refusals."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from portal.core import clock
from portal.revenue.models import AgreementVersion

from .making import FEE, agreed, proposed

pytestmark = pytest.mark.django_db
V1 = "/api/v1"


def post(person, path, data=None, **headers):
    body = json.dumps(data or {})
    browser = person.browser()
    return browser.post(f"{V1}{path}", body, content_type="application/json", headers=headers)


def terms(**changes):
    return {
        "starts_on": (clock.today() + timedelta(days=2)).isoformat(),
        "components": [FEE],
    } | changes


def paper(other, **changes):
    return terms(other=other.party.pk, we_pay=True, role="provider_fee", **changes)


def test_propose_counter_accept_and_read(merchant, provider):
    made = post(merchant, "/agreements/", paper(provider))
    assert made.status_code == 201, made.content
    first = made.json()
    dearer = terms(components=[FEE | {"rate_bp": 600}])
    second = post(provider, f"/agreement-versions/{first['id']}/counter/", dearer).json()
    done = post(merchant, f"/agreement-versions/{second['id']}/acceptance/").json()

    assert (done["status"], done["in_force_from"]) == ("accepted", dearer["starts_on"])
    (row,) = merchant.browser().get(f"{V1}/agreements/").json()["results"]
    assert [one["status"] for one in row["versions"]] == ["accepted", "countered"]
    assert row["versions"][0]["components"][0]["rate_bp"] == 600


def test_a_repeat_proposes_once(merchant, provider):
    sent = paper(provider)
    answers = [post(merchant, "/agreements/", sent, **{"Idempotency-Key": "k"}) for _ in range(2)]

    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert AgreementVersion.objects.count() == 1


@pytest.mark.parametrize(
    "components",
    [
        [FEE | {"rate_bp": 10_001}],
        [FEE | {"rate_bp": "x"}],
        [FEE | {"more": 1}],
        [{}],
        [FEE | {"divide": {"\x00": 1}}],
        [FEE | {"components": [[]]}],
    ],
)
def test_trees_that_cannot_be(merchant, provider, components):
    answer = post(merchant, "/agreements/", paper(provider, components=components))

    assert answer.status_code == 422
    assert list(answer.json()["flaws"]) == ["components"]
    assert not AgreementVersion.objects.exists()


def test_preview(merchant):
    answer = post(merchant, "/agreement-preview/", {"components": [FEE], "gross_fen": 10_000})

    assert answer.status_code == 200
    assert [(one["party"], one["amount_fen"]) for one in answer.json()["legs"]] == [
        ("payee", 400),
        ("payer", 9_600),
    ]


def test_the_paper_and_strangers(merchant, provider, rival):
    version = agreed(merchant, provider)
    url = f"{V1}/agreement-versions/{version.pk}/"

    assert merchant.browser().get(f"{url}paper/").content.startswith(b"%PDF")
    assert rival.browser().get(url).status_code == 404
    other = proposed(merchant, provider, scope_kind="shop", scope_key="1")
    assert post(rival, f"/agreement-versions/{other.pk}/acceptance/").status_code == 404
