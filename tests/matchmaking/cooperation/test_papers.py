"""A version on paper, and the page on which anybody compares the paper with what was agreed."""

import hashlib
import io
import json

import pytest
from django.utils import translation
from pypdf import PdfReader

from matchmaking.cooperation import selectors, services
from matchmaking.cooperation.fields import AmendmentFields, PriceFields
from matchmaking.cooperation.models import Cooperation, Version
from portal.core.documents import render_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(running, merchant, provider):
    """Version 2: another price and scope."""
    fields = AmendmentFields(scope="每日直播 6 小时。", price=PriceFields(4_200_000, 250))
    amendment = services.propose_amendment(merchant.actor, cooperation=running, fields=fields)
    services.accept_amendment(provider.actor, amendment=amendment)
    running.refresh_from_db()
    return running.versions.get(number=2)


def text_of(made: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]
    return "".join("".join(pages).split())


def plainly(words: object) -> str:
    return "".join(str(words).split())


def test_paper_says_what_was_agreed_and_its_digest(second, running, merchant, colleague):
    answer = colleague.browser().get(second.get_absolute_url())
    assert answer["Content-Type"] == "application/pdf"
    assert f"cooperation-{running.pk}-v2" in answer["Content-Disposition"]
    text = text_of(answer.content)
    for words in (
        *(running.title, "谷雨粒食品", "云帆电商", "¥42,000", "2.5%", "每日直播 6 小时。"),
        *(running.last_day.isoformat(), running.starts_on.isoformat(), running.team),
        *("¥38,000", second.digest, f"papers/?digest={second.digest}"),
    ):
        assert plainly(words) in text, words
    first = running.versions.get(number=1)
    assert second.digest not in text_of(colleague.browser().get(first.get_absolute_url()).content)


def test_same_version_same_bytes_and_content_that_anybody_can_hash(second):
    version = Version.objects.whole().get(pk=second.pk)
    once, again = (
        render_pdf("cooperation/paper.typ", selectors.paper_of(version)) for _time in range(2)
    )
    assert once == again
    text = json.dumps(
        second.content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()
    assert hashlib.sha256(text).hexdigest() == second.digest
    with translation.override("en"):
        english = text_of(render_pdf("cooperation/paper.typ", selectors.paper_of(version)))
    assert second.digest in english
    assert "Cooperationagreement" in english


def test_words_of_people_are_never_run(running, merchant, provider):
    scope = "#panic() $x$ *a* <b> https://a.example"
    amendment = services.propose_amendment(
        merchant.actor, cooperation=running, fields=AmendmentFields(scope=scope)
    )
    services.accept_amendment(provider.actor, amendment=amendment)
    version = Version.objects.whole().get(number=2)
    made = render_pdf("cooperation/paper.typ", selectors.paper_of(version))
    assert plainly(scope) in text_of(made)


def test_paper_is_for_both_sides(second, rival, stranger, visitor):
    url = second.get_absolute_url()
    for person in (rival, stranger):
        assert person.browser().get(url).status_code == 404
    assert visitor.get(url).status_code == 302
    assert second.cooperation.versions.count() == 2
    gone = url.replace("versions/2", "versions/3")
    assert rival.browser().get(gone).status_code == 404


def test_anybody_with_the_paper_compares_it(second, running, visitor):
    page = visitor.get(
        "/papers/", {"digest": f" {second.digest[:32].upper()} {second.digest[32:]}"}
    )
    text = page.content.decode()
    for words in ("谷雨粒食品", "云帆电商", "¥42,000", "每日直播 6 小时。", running.title):
        assert words in text
    assert "note ok" in text
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    first = running.versions.get(number=1)
    old = visitor.get("/papers/", {"digest": first.digest}).content.decode()
    assert "note warn" in old
    assert "¥38,000" in old


@pytest.mark.parametrize("digest", ["", "x" * 64, "0" * 63, "0" * 64])
def test_paper_that_is_not_ours_is_none(second, visitor, digest):
    page = visitor.get("/papers/", {"digest": digest})
    assert page.status_code == 200
    assert "谷雨粒食品" not in page.content.decode()
    assert (page.context["is_asked"], page.context["paper"]) == (digest == "0" * 64, None)
    assert visitor.get("/papers/").status_code == 200


def test_paper_of_a_sandbox_binds_nobody(second, merchant, provider, visitor):
    for side in (merchant.party, provider.party):
        rows = type(side).objects.filter(pk=side.pk)
        rows.update(sandbox_of=merchant.party.pk, status="verified")
    text = visitor.get("/papers/", {"digest": second.digest}).content.decode()
    assert "note bad" in text


def test_versions_over_the_api(second, running, merchant, rival, visitor):
    base = f"/api/v1/cooperations/{running.pk}/versions/"
    rows = merchant.browser().get(base).json()
    assert [(row["number"], row["accepted_by"]) for row in rows] == [
        (2, "provider"),
        (1, "merchant"),
    ]
    assert rows[0]["content"]["monthly_fee_fen"] == 4_200_000
    assert rows[0]["digest"] == second.digest
    assert rival.browser().get(base).status_code == 404
    paper = merchant.browser().get(f"{base}2/paper/", headers={"Accept": "application/pdf"})
    assert paper.content.startswith(b"%PDF")
    found = visitor.get(f"/api/v1/papers/{second.digest}/").json()
    assert (found["number"], found["newest"], found["merchant_name"]) == (2, 2, "谷雨粒食品")
    assert visitor.get("/api/v1/papers/none/").status_code == 404
    assert Cooperation.objects.get().version == 2


def test_amendment_of_the_price_over_the_api(running, merchant, provider):
    base = f"/api/v1/cooperations/{running.pk}/amendments/"
    sent = {
        "version": 1,
        "price": {"monthly_fee_fen": 0, "share_bp": 900, "ladder": [[0, 900], [10**9, 700]]},
        "gmv_target_fen": None,
    }

    def post(person, url, data):
        return person.browser().post(url, json.dumps(data), content_type="application/json")

    made = post(merchant, base, sent)
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["before"]["share_bp"], told["after"]["share_bp"]) == (300, 900)
    assert told["after"]["ends_on"] == running.ends_on.isoformat()
    done = post(provider, f"/api/v1/amendments/{told['id']}/acceptance/", {})
    assert (done.status_code, done.json()["answered_by"]) == (200, provider.party.pk)
    assert post(merchant, base, sent).status_code == 409, "version 1 is gone"
    wrong = {"price": {"monthly_fee_fen": 0, "share_bp": 0}}
    refused = post(merchant, base, wrong)
    assert (refused.status_code, list(refused.json()["flaws"])) == (422, ["monthly_fee_fen"])
    running.refresh_from_db()
    assert (running.share_bp, running.version) == (900, 2)


def test_operators_read_versions_and_what_changed(second, running, operator):
    address = f"/admin/cooperation/cooperation/{running.pk}/change/"
    page = operator.browser().get(address).content.decode()
    assert second.digest in page
    assert "¥42,000" in page
    assert "每日直播 6 小时" in page, "the scope that holds; in the change it is but named"
