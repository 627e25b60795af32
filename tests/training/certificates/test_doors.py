"""Who sees what of a certificate: strangers, the holder, the party, operators; on every door."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core import clock, jobs
from portal.core.documents import read_codes
from portal.core.models import Job
from portal.pages.todos import todos_of
from portal.pages.todos.certificates import certificate_todos
from portal.webhooks.fields import WebhookFields
from portal.webhooks.models import Event
from portal.webhooks.services import make_webhook
from tests import factories
from tests.conftest import person_of
from tests.training.certificates.making import certified, course, many_completed
from training.certificates import services
from training.certificates.models import Certificate
from training.certificates.states import new_number

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'csrfmiddlewaretoken" value="\w+"')


def test_a_strangers_page_says_what_holds_today_and_half_a_name(client, provider, operator):
    made = certified(provider)
    address = made.get_absolute_url()
    response = client.get(address)
    page = response.content.decode()
    assert made.masked in page
    assert made.written_number in page
    assert made.holder not in page
    assert provider.party.name not in page
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert "今日有效" in page
    lowered = f"/certificates/{made.written_number.lower()}/"
    assert client.get(lowered).url == address
    assert client.get("/certificates/", {"number": made.written_number}).url == address
    services.revoke_certificate(operator.actor, certificate=made, reason="代人签到")
    page = client.get(address).content.decode()
    assert "已吊销" in page
    assert "代人签到" not in page
    assert "今日有效" not in page
    assert "代人签到" in provider.browser().get(address).content.decode()
    over = certified(provider, course("old"), at=clock.now() - timedelta(days=800))
    assert "已过有效期" in client.get(over.get_absolute_url()).content.decode()


def test_a_forged_number_is_not_ours_and_guessing_ends(client, provider):
    made = certified(provider)
    for number in (new_number(), "x", "2" * 300, "%00", "drop-table"):
        response = client.get(f"/certificates/{number}/")
        assert response.status_code == 404
        assert "没有这个编号的证书" in response.content.decode()
    assert client.get("/certificates/", {"number": "abc"}).status_code == 200
    assert client.get(f"/api/v1/certificates/{new_number()}/").status_code == 404
    for _n in range(20):
        client.get(f"/certificates/{new_number()}/")
    assert client.get(made.get_absolute_url()).status_code == 409  # who guesses learns no more
    assert client.get(f"/api/v1/certificates/{made.number}/").status_code == 409
    assert Client(REMOTE_ADDR="203.0.113.9").get(made.get_absolute_url()).status_code == 200
    cache.clear()


def test_the_paper_shows_the_code_that_opens_its_page(client, provider, rival, operator):
    made = certified(provider)
    own = provider.browser()
    response = own.get(reverse("certificate_paper", args=[made.number]))
    assert response["Content-Type"] == "application/pdf"
    [address] = read_codes(response.content)
    assert address == f"{settings.SITE_URL}{made.get_absolute_url()}"
    assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200
    picture = own.get(reverse("certificate_picture", args=[made.number]))
    assert read_codes(picture.content) == [address]
    for route in ("certificate_paper", "certificate_poster", "certificate_picture"):
        for other in (rival, operator):
            assert other.browser().get(reverse(route, args=[made.number])).status_code == 404
    services.revoke_certificate(operator.actor, certificate=made, reason="代签")
    assert own.get(reverse("certificate_paper", args=[made.number])).status_code == 409


def test_api_says_the_same_as_the_page(provider, rival, operator, client):
    made = certified(provider)
    address = f"/api/v1/certificates/{made.number}/"
    told = client.get(address).json()
    assert (told["holder"], told["state"], told["party"]) == (made.masked, "valid", None)
    own = provider.browser()
    told = own.get(address).json()
    assert (told["holder"], told["party"]) == (made.holder, provider.party.pk)
    rows = own.get("/api/v1/certificates/", {"state": "valid"}).json()["results"]
    assert [row["number"] for row in rows] == [made.number]
    assert own.get("/api/v1/certificates/", {"state": "nice"}).status_code == 400
    assert rival.browser().get("/api/v1/certificates/").json()["results"] == []
    assert client.get("/api/v1/certificates/").status_code == 401

    def post(person, where, body):
        browser = person.browser()
        return browser.post(where, json.dumps(body), content_type="application/json")

    assert post(provider, f"{address}revocation/", {"reason": "x"}).status_code == 403
    assert post(operator, f"{address}revocation/", {"reason": " "}).status_code == 400
    assert post(operator, f"{address}revocation/", {"reason": "代签"}).json()["state"] == "revoked"
    assert post(operator, f"{address}restoration/", {"reason": "查明"}).json()["state"] == "valid"
    assert own.get(f"{address}paper/")["Content-Type"] == "application/pdf"


def test_operators_issue_revoke_and_give_back_on_pages(operator, provider):
    of = course(certificate_months=None)
    many_completed(of, provider.party, 3)
    listens = WebhookFields("https://93.184.216.34/hook", ("certificate.issued",))
    make_webhook(provider.actor, party=provider.party, fields=listens)
    desk = operator.browser()
    assert desk.post("/certificates/desk/issue/", {"course": of.code}).status_code == 200
    assert not Job.objects.filter(kind="certificates.issue").exists()  # it gives none
    of.certificate_months = 12
    of.save()
    started = desk.post("/certificates/desk/issue/", {"course": of.code})
    assert "证书" in desk.get(started.url).content.decode()
    clash = desk.post("/certificates/desk/issue/", {"course": of.code})
    assert clash.status_code == 200  # under way: said in the form
    job = Job.objects.get(kind="certificates.issue")
    told = desk.get(f"/api/v1/certificate-runs/{job.pk}/").json()
    assert (told["state"], told["course"]) == ("queued", of.pk)
    jobs.run_job(str(job.pk))
    assert Certificate.objects.count() == 3
    assert Event.objects.filter(type="certificate.issued").count() == 3
    nobody = desk.post("/certificates/desk/issue/", {"course": of.code}).content.decode()
    assert "都有证书" in nobody
    made = Certificate.objects.first()
    desk.post(reverse("certificate_revocation", args=[made.number]), {"reason": "代签"})
    assert Certificate.objects.get(pk=made.pk).status == "revoked"
    again = desk.post(reverse("certificate_revocation", args=[made.number]), {"reason": "代签"})
    assert again.status_code == 200
    desk.post(reverse("certificate_restoration", args=[made.number]), {"reason": "查明"})
    assert Certificate.objects.get(pk=made.pk).status == "valid"
    act = {"action": "revoke", "_selected_action": [made.pk]}
    url = reverse("admin:certificates_certificate_changelist")
    assert "confirmed" in desk.post(url, act).content.decode()
    desk.post(url, act | {"confirmed": "1", "reason": "复查"})
    assert Certificate.objects.get(pk=made.pk).reason == "复查"
    page = desk.get(made.get_absolute_url()).content.decode()
    assert "复查" in page
    assert made.holder not in page


def test_the_first_things_to_do_and_the_search(provider, colleague, merchant, rival):
    made = certified(provider, at=clock.now() - timedelta(days=330))
    certified(colleague, course("theirs"), at=clock.now() - timedelta(days=340))
    [own] = todos_of(provider.actor, [certificate_todos])
    assert (own.url, own.due) == (made.get_absolute_url(), made.expires_on)
    [team] = todos_of(merchant.actor, [certificate_todos])
    assert team.url == "/certificates/team/?state=ending"
    assert todos_of(rival.actor, [certificate_todos]) == []
    find = "/search/"
    for words in (made.written_number, "直播间"):
        assert (
            made.get_absolute_url() in provider.browser().get(find, {"q": words}).content.decode()
        )
        assert made.number not in rival.browser().get(find, {"q": words}).content.decode()


def cost(client, address) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_lists_cost_the_same_and_parts_are_pieces_of_their_pages(merchant, colleague, operator):
    certified(merchant)
    places = [
        (merchant.browser(), "/certificates/mine/", ""),
        (merchant.browser(), "/certificates/team/", "table"),
        (operator.browser(), "/certificates/desk/", "table"),
        (merchant.browser(), "/api/v1/certificates/", ""),
    ]
    before = [cost(client, address) for client, address, _part in places]
    for number in range(2):
        certified(merchant, course(f"more-{number}"))
        certified(colleague, course(f"other-{number}"))
        certified(
            person_of(factories.listed_party("creator", f"达人{number}")), course(f"c{number}")
        )
    assert [cost(client, address) for client, address, _part in places] == before
    assert max(before) <= 20
    for client, address, part in places:
        if part:
            narrow = client.get(address, headers={"HX-Request": "true", "HX-Target": part})
            narrow = narrow.content.decode()
            assert "<html" not in narrow
            assert TOKEN.sub("", narrow).strip() in TOKEN.sub(
                "", client.get(address).content.decode()
            )
