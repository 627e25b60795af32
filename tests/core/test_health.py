import pytest
from django.db import transaction

from portal.core import jobs, outbox
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


def test_healthz_says_the_process_answers(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


def test_readyz_names_what_fails_and_tells_nothing_else(client):
    answer = client.get("/readyz")  # no worker runs in this test
    assert answer.status_code == 503
    assert answer.json() == {
        "database": "ok",
        "broker": "ok",
        "worker": "failed",
        "courier": "failed",
    }


@pytest.mark.parametrize("token", ["", "Bearer ", "Bearer guess", "Bearer gehéim", "secret-token "])
def test_metrics_without_their_token_do_not_exist(client, settings, token):
    settings.METRICS_TOKEN = "secret-token"
    headers = {"Authorization": token} if token else {}
    assert client.get("/metrics", headers=headers).status_code == 404


@pytest.mark.parametrize("given", ["Bearer ", "", "Bearer secret-token"])
def test_metrics_of_a_site_without_a_token_do_not_exist(client, settings, given):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": given}).status_code == 404


def test_metrics_count_jobs_and_waiting_messages(client, settings):
    settings.METRICS_TOKEN = "secret-token"
    with transaction.atomic():
        outbox.put("tests.nothing", key="a", payload={})
        jobs.start_job(SYSTEM, kind="tests.nothing")
    answer = client.get("/metrics", headers={"Authorization": "Bearer secret-token"})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert 'trilink_jobs{state="queued"} 1.0' in text
    assert "trilink_outbox_waiting 1.0" in text
