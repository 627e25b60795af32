"""Pages of papers: list, one of them, the editor with its preview."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.forms import BooleanField
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core import clock
from portal.revenue import forms
from portal.revenue.models import Agreement, AgreementVersion
from portal.revenue.reference import PAPER_TEMPLATES
from tests.conftest import Person

from .making import agreed, proposed

pytestmark = pytest.mark.django_db
INNER = [{"code": "b", "rate_bp": 100, "divide": {"payee": 1, "platform": 2}}]
DEEP = [
    {
        "code": "top",
        "rate_bp": 2000,
        "cap_fen": 100,
        "party": "payee",
        "components": [
            {"code": "a", "rate_bp": 50, "party": "platform", "components": INNER},
            {"code": "c", "rate_bp": 5000, "party": "payer"},
        ],
    },
    {"code": "d", "fixed_fen": 5, "party": "payer"},
]
TREES = [(one.components, one.period_components) for one in PAPER_TEMPLATES] + [(DEEP, [])]
HTMX = {"HX-Request": "true", "HX-Target": "preview"}


def editor(**changes) -> dict:
    """What the form of a first paper sends: 4% for the payee."""
    sent = {
        "role": "provider_fee",
        "scope_kind": "whole",
        "scope_key": "",
        "starts_on": (clock.today() + timedelta(days=1)).isoformat(),
        "last_day": "",
        "note": "",
        "rows": "2",
        "shown": "199",
        "part1-code": "服务费",
        "part1-rate": "4",
        "part1-parent": "0",
        "part2-parent": "0",
        "month-mode": "marginal",
        "month-guarantee_mode": "max",
    }
    return sent | changes


def create_url(other: Person) -> str:
    return reverse("agreement_create", args=[other.party.pk])


def test_list_shows_each_side_its_papers(merchant, provider, rival):
    agreed(merchant, provider)
    url = reverse("agreement_list")

    assert provider.party.name in merchant.browser().get(url).content.decode()
    assert merchant.party.name in provider.browser().get(url).content.decode()
    assert merchant.party.name not in rival.browser().get(url).content.decode()


def test_list_asks_as_often_for_three_as_for_one(merchant, provider):
    counts = []
    for keys in (["1"], ["2", "3"]):
        for key in keys:
            agreed(merchant, provider, scope_kind="shop", scope_key=key)
        browser = merchant.browser()
        browser.get(reverse("agreement_list"))
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("agreement_list"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_detail_shows_what_an_order_gives(merchant, provider):
    version = agreed(merchant, provider)
    page = merchant.browser().get(version.agreement.get_absolute_url())

    assert page.status_code == 200
    text = page.content.decode()
    assert "¥7.96" in text  # 4% of ¥199
    assert '<svg class="flow"' in text


def test_detail_with_another_amount_by_htmx(merchant, provider):
    version = agreed(merchant, provider)
    url = version.agreement.get_absolute_url()
    whole = merchant.browser().get(url, {"gross": "1000"}).content.decode()
    part = merchant.browser().get(url, {"gross": "1000"}, headers=HTMX).content.decode().strip()

    assert "¥40.00" in part
    assert part.startswith("<section")
    assert part in whole


def test_strangers_see_nothing(merchant, provider, rival):
    version = agreed(merchant, provider)

    for name, pk in (
        ("agreement_detail", version.agreement.pk),
        ("agreement_version_paper", version.pk),
    ):
        assert rival.browser().get(reverse(name, args=[pk])).status_code == 404


def test_proposing_a_first_paper(merchant, provider):
    page = merchant.browser().post(create_url(provider), editor(propose="1"))

    version = AgreementVersion.objects.get()
    assert page.status_code == 302
    assert page.url == version.agreement.get_absolute_url()
    assert version.agreement.payer == merchant.party
    assert version.data["components"] == [{"code": "服务费", "rate_bp": 400, "party": "payee"}]


def test_the_payee_proposes_too(merchant, provider):
    provider.browser().post(create_url(merchant), editor(propose="1"))

    assert Agreement.objects.get().payer == merchant.party


def test_the_preview_proposes_nothing(merchant, provider):
    page = merchant.browser().post(create_url(provider), editor(shown="500"), headers=HTMX)

    assert page.status_code == 200
    text = page.content.decode().strip()
    assert text.startswith("<section")
    assert "¥20.00" in text
    assert not Agreement.objects.exists()


def test_without_javascript_the_buttons_work(merchant, provider):
    browser = merchant.browser()
    more = browser.post(create_url(provider), editor(add="1")).content.decode()
    shown = browser.post(create_url(provider), editor(preview="1")).content.decode()

    assert "part3-code" in more
    assert "¥7.96" in shown
    assert not Agreement.objects.exists()


def test_the_rows_make_a_tree(merchant, creator):
    sent = editor(
        role="commission",
        propose="1",
        **{
            "part1-code": "佣金",
            "part1-rate": "20",
            "part1-payee": "70",
            "part1-payer": "30",
            "part2-code": "技术服务费",
            "part2-rate": "10",
            "part2-parent": "1",
            "part2-platform": "1",
            "month-code": "保底",
            "month-guarantee": "5000",
            "month-is_less": "on",
        },
    )
    merchant.browser().post(create_url(creator), sent)

    data = AgreementVersion.objects.get().data
    assert data["components"] == [
        {
            "code": "佣金",
            "rate_bp": 2000,
            "divide": {"payee": 70, "payer": 30},
            "components": [{"code": "技术服务费", "rate_bp": 1000, "party": "platform"}],
        }
    ]
    assert data["period_components"][0]["guarantee"] == {"fen": 500_000, "mode": "max"}


@pytest.mark.parametrize("template", ["provider-ladder", "provider-share", "unknown"])
def test_templates_fill_the_editor(merchant, provider, template):
    page = merchant.browser().get(create_url(provider), {"template": template})

    assert page.status_code == 200
    assert ("月度分成" in page.content.decode()) == (template == "provider-ladder")


def test_a_tree_that_cannot_be_is_told(merchant, provider):
    sent = editor(propose="1", **{"part2-code": "更多", "part2-rate": "97"})
    page = merchant.browser().post(create_url(provider), sent)

    assert page.status_code == 200
    assert "10100" in page.content.decode()
    assert not Agreement.objects.exists()


def test_accepting_and_countering(merchant, provider):
    version = proposed(merchant, provider)
    browser = provider.browser()
    counter = browser.get(reverse("agreement_version_counter", args=[version.pk]))
    assert "服务费" in counter.content.decode()
    sent = editor(propose="1", **{"part1-rate": "6"})
    browser.post(reverse("agreement_version_counter", args=[version.pk]), sent)
    second = AgreementVersion.objects.get(status="open")
    merchant.browser().post(reverse("agreement_version_acceptance", args=[second.pk]))

    second.refresh_from_db()
    assert second.status == "accepted"
    assert second.data["components"][0]["rate_bp"] == 600


def test_a_paper_that_the_editor_cannot_show(merchant, provider):
    months = [{"code": f"m{n}", "party": "payee", "fixed_fen": 100} for n in (1, 2)]
    version = agreed(merchant, provider, period_components=months)
    page = merchant.browser().get(reverse("agreement_version_create", args=[version.agreement.pk]))

    assert page.status_code == 409


@pytest.mark.parametrize(("components", "months"), TREES)
def test_the_editor_writes_back_what_it_read(components, months):
    """Every template and a deep tree survive the way through the form."""
    blank = forms.TermsForm(components=components, period_components=months)
    again = forms.TermsForm(sent_back(blank))

    assert again.tree() == blank.tree()
    assert blank.tree() is not None


def sent_back(form: forms.TermsForm) -> QueryDict:
    """What a browser sends of the page as it was shown."""
    sent = QueryDict(mutable=True)
    for one in (form, *form.parts, form.month):
        for bound in one:
            if isinstance(bound.field, BooleanField):
                sent |= {bound.html_name: "on"} if bound.value() else {}
            else:
                shown = bound.field.prepare_value(bound.value())
                sent[bound.html_name] = "" if shown is None else str(shown)
    return sent


def test_a_paper_as_pdf_has_its_hash(merchant, provider):
    version = agreed(merchant, provider)
    page = provider.browser().get(reverse("agreement_version_paper", args=[version.pk]))

    assert page.content.startswith(b"%PDF")
    assert version.sha256[:12] in page["Content-Disposition"]


def test_a_proposal_waits_on_the_workbench_of_who_signs(merchant, provider, colleague):
    version = proposed(provider, merchant, we_pay=False)
    url = version.agreement.get_absolute_url()

    assert url in merchant.browser().get(reverse("workbench")).content.decode()
    for other in (colleague, provider):
        assert url not in other.browser().get(reverse("workbench")).content.decode()
