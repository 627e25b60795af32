"""Files that show what an objection says: of the party, for who signs for it and who decides."""

from __future__ import annotations

import json

import pytest

from portal.core.files import store_file
from portal.core.models import StoredFile
from portal.core.verdict import Refused
from portal.rewards import services
from portal.rewards.models import ClaimAppeal
from tests.conftest import colleague_of, staff_person
from tests.factories import picture
from tests.rewards.making import handed_in, task_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


def failed(person, operator):
    claim = handed_in(task_of(check_by="operator"), person.party)
    return services.fail_claim(operator.actor, claim=claim, reason="看不到录像")


def test_files_of_an_objection_are_read_by_its_party_and_the_second_person(
    provider, rival, operator, visitor
):
    claim = failed(provider, operator)
    address = f"/tasks/claims/{claim.pk}/appeal/"
    assert "multipart/form-data" in provider.browser().get(address).content.decode()
    said = {"text": "录像可以播放", "paper_1": picture("one.png"), "paper_2": picture("two.png")}
    assert provider.browser().post(address, said).status_code == 302
    appeal = ClaimAppeal.objects.get()
    first, _second = papers = list(appeal.evidence.order_by("created_at", "pk"))
    assert {(one.party_id, one.purpose) for one in papers} == {(provider.party.pk, "task-evidence")}
    judge, finance = staff_person("evaluation"), staff_person("finance maker")
    page = judge.browser().get(f"/tasks/appeals/{appeal.pk}/").content.decode()
    assert first.get_absolute_url() in page
    reads = {
        "party": (provider.browser(), 200),
        "judge": (judge.browser(), 200),
        "member": (colleague_of(provider).browser(), 403),
        "finance": (finance.browser(), 403),
        "rival": (rival.browser(), 404),
        "visitor": (visitor, 302),
    }
    found = {
        name: browser.get(first.get_absolute_url()).status_code
        for name, (browser, _s) in reads.items()
    }
    refused = {"rival", "member", "finance"}
    assert {name for name, status in found.items() if status in (403, 404)} == refused, found
    assert found["party"] == found["judge"] == 200
    shown = judge.browser().get(f"/api/v1/task-appeals/{appeal.pk}/").json()["evidence"]
    assert [one["id"] for one in shown] == [str(one.pk) for one in papers]
    assert shown[0]["address"] == first.get_absolute_url()
    assert shown[0]["content_type"].startswith("image/")


def test_files_over_the_api_are_ones_own_and_three_at_most(provider, rival, operator):
    claim = failed(provider, operator)
    address = f"/api/v1/task-claims/{claim.pk}/appeals/"
    own, foreign = (
        store_file(person.actor, upload=picture(), purpose="task-evidence")
        for person in (provider, rival)
    )
    browser = provider.browser()

    def objects(*files):
        body = {"text": "录像可以播放", "evidence": [str(one) for one in files]}
        return browser.post(address, json.dumps(body), "application/json")

    for files, status in (
        ([foreign.pk], 422),
        ([own.pk, foreign.pk], 422),
        ([own.pk] * 4, 400),
        (["no-key"], 400),
    ):
        assert objects(*files).status_code == status, files
    assert not ClaimAppeal.objects.exists()
    assert StoredFile.objects.filter(attached_at__isnull=False).count() == 0
    with pytest.raises(Refused):
        services.appeal_claim(provider.actor, claim=claim, text="x", evidence=[own.pk] * 4)
    answer = objects(own.pk)
    assert answer.status_code == 201
    assert [one["id"] for one in answer.json()["evidence"]] == [str(own.pk)]
