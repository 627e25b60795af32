"""Papers that are sealed before they hold, who signs them, and who is paid for both."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from io import BytesIO

import pytest
import qrcode
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from portal.core import clock
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties import services as parties
from portal.parties.fields import RosterFields
from portal.parties.models import Membership
from portal.parties.services import Signing
from portal.parties.states import Role
from portal.revenue import services
from portal.revenue.models import AgreementVersion, Bill, VersionSeal
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM
from tests.revenue.bills.making import later
from tests.revenue.orders.telling import Order, books, record

from .making import FEE, agreed, proposed, terms

pytestmark = pytest.mark.django_db
BOTH = {"seal": {"by": ["payer", "payee"], "days": 10}}
SHARE = {"code": "分成", "rate_bp": 10_000, "divide": {"payee": 30, "payer": 70}}


def refused(status, act, *args, **kwargs):
    known = VersionSeal.objects.count()
    with pytest.raises(Refused) as error:
        act(*args, **kwargs)
    assert error.value.verdict.status == status
    assert VersionSeal.objects.count() == known


def sealed(person, version):
    code = version.sha256[:8]
    return services.seal_by_scan(
        person.actor, version=version, file=factories.picture("scan.png"), code=code
    )


def status_of(version):
    return AgreementVersion.objects.get(pk=version.pk).status


def test_it_holds_once_both_have_sealed_it(merchant, provider):
    version = agreed(merchant, provider, **BOTH)
    assert (version.status, version.in_force) == ("sealing", None)

    sealed(merchant, version)
    assert status_of(version) == "sealing"
    refused(409, sealed, merchant, version)
    sealed(provider, version)

    version.refresh_from_db()
    assert version.status == "accepted"
    assert version.in_force.lower == clock.today() + timedelta(days=1)


def test_scan_of_another_version_is_refused(merchant, provider):
    version = agreed(merchant, provider, **BOTH)
    scan = {"version": version, "file": factories.picture(), "code": "00000000"}
    refused(422, services.seal_by_scan, merchant.actor, **scan)


def scan_of(version, *, as_pdf=False):
    """The paper's last page as a scanner gives it: a little askew."""
    code = qrcode.make(f"https://trilink.example/paper-check/?digest={version.sha256}")
    page = Image.new("L", (827, 1169), 255)
    page.paste(code.get_image().resize((150, 150)), (90, 90))
    out = BytesIO()
    page = page.rotate(3, fillcolor=255)
    page.save(out, "PDF" if as_pdf else "PNG")
    kind = ("scan.pdf", "application/pdf") if as_pdf else ("scan.png", "image/png")
    return SimpleUploadedFile(kind[0], out.getvalue(), kind[1])


@pytest.mark.parametrize("as_pdf", [True, False])
def test_code_on_the_scan_is_read(merchant, provider, as_pdf):
    version = agreed(merchant, provider, **BOTH)
    scan = {"version": version, "code": version.sha256[:8]}
    services.seal_by_scan(merchant.actor, file=scan_of(version, as_pdf=as_pdf), **scan)
    services.seal_by_scan(provider.actor, file=factories.picture(), **scan)
    read = dict(VersionSeal.objects.values_list("side", "is_read"))
    assert read == {"payer": True, "payee": False}


def test_scan_of_another_paper_is_refused_by_its_own_code(merchant, provider):
    version = agreed(merchant, provider, **BOTH)
    other = agreed(merchant, provider, scope_kind="shop", scope_key="1")
    scan = {"version": version, "code": version.sha256[:8], "file": scan_of(other)}
    refused(422, services.seal_by_scan, merchant.actor, **scan)


def test_seal_that_is_missing_is_asked_for_again(merchant, provider):
    version = agreed(merchant, provider, **BOTH)
    sealed(merchant, version)
    workbench = reverse("workbench")
    url = version.agreement.get_absolute_url()
    assert url in provider.browser().get(workbench).content.decode()
    assert url not in merchant.browser().get(workbench).content.decode()
    assert services.remind_of_seals(SYSTEM) == 0
    for day in (4, 4, 8, 9.5):
        with later(day):
            services.remind_of_seals(SYSTEM)
    due = Notice.objects.filter(event="agreement.seal_due")
    assert set(due.values_list("user", flat=True)) == {provider.user.pk}
    assert due.count() == 3  # a week, three days, the last one


def test_only_who_is_asked_seals(merchant, provider, colleague):
    version = agreed(merchant, provider, seal={"by": ["payee"], "days": 3})
    refused(409, sealed, merchant, version)
    refused(403, sealed, colleague, version)
    sealed(provider, version)
    assert status_of(version) == "accepted"


def test_nothing_else_is_proposed_meanwhile(merchant, provider):
    version = agreed(merchant, provider, **BOTH)
    with pytest.raises(Refused):
        services.propose_version(merchant.actor, agreement=version.agreement, terms=terms())


def test_unsealed_in_its_days_it_expires(merchant, provider):
    version = agreed(merchant, provider, **BOTH)
    with later(9):
        assert services.expire_versions(SYSTEM) == 0
    with later(10):
        refused(409, sealed, merchant, version)
        assert services.expire_versions(SYSTEM) == 1
    assert status_of(version) == "expired"
    assert proposed(merchant, provider).number == 2


def test_gateway_seals_where_there_is_one(merchant, provider, settings):
    version = agreed(merchant, provider, seal={"by": ["payer"], "days": 3})
    settings.ESIGN_GATEWAY = ""
    refused(409, services.seal_by_gateway, merchant.actor, version=version)
    settings.ESIGN_GATEWAY = "console"
    page = merchant.browser().get(version.get_absolute_url()).content.decode()
    address = reverse("agreement_version_esign", args=[version.pk])
    assert address in page
    merchant.browser().post(address)
    seal = VersionSeal.objects.get(version=version)
    assert (seal.way, seal.file, seal.reference[:8]) == ("esign", None, "console-")
    assert status_of(version) == "accepted"


def test_owners_alone_sign(merchant, provider):
    manager = factories.user("manager@example.com", "经理")
    Membership.objects.create(
        user=manager, party=provider.party, role=Role.MANAGER, created_at=clock.now()
    )
    person = person_of(provider.party, manager, Role.MANAGER)
    version = proposed(merchant, provider, signers="owner")
    refused(403, services.accept_version, person.actor, version=version)
    assert services.accept_version(provider.actor, version=version).status == "accepted"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"seal": {"by": ["platform"], "days": 3}}, "seal"),
        ({"seal": {"by": [], "days": 3}}, "seal"),
        ({"seal": {"by": ["payer"], "days": 61}}, "seal"),
        ({"signers": "anybody"}, "signers"),
        ({"paid_to": {"party": "payee", "onward_days": 10}}, "paid_to"),
    ],
)
def test_what_cannot_be(merchant, provider, changes, field):
    with pytest.raises(Refused) as error:
        proposed(merchant, provider, **changes)
    assert error.value.verdict.flaws[0].field == field


def test_scan_is_handed_in_on_its_page(merchant, provider, rival):
    version = agreed(merchant, provider, **BOTH)
    url = reverse("agreement_version_seal", args=[version.pk])
    browser = merchant.browser()
    assert url in browser.get(version.get_absolute_url()).content.decode()
    wrong = browser.post(url, {"file": factories.picture(), "code": "00000000"})
    assert wrong.status_code == 200
    browser.post(url, {"file": factories.picture(), "code": version.sha256[:8].upper()})
    seal = VersionSeal.objects.get(version=version)
    file = reverse("file_read", args=[seal.file_id])
    assert provider.browser().get(file).status_code == 200
    assert rival.browser().get(file).status_code == 404
    pdf = reverse("agreement_version_paper", args=[version.pk])
    assert merchant.browser().get(pdf).status_code == 200


def paid_for_both(creator, agency):
    """Since yesterday; the creator is on the agency's roster."""
    with clock.standing_at(clock.now() - timedelta(days=45)):
        today = clock.today()
        lasts = RosterFields(
            creator.party.name,
            today,
            today + timedelta(days=300),
            "按月结算。",
            creator_id=creator.party.pk,
        )
        signing = Signing(agency.party, creator.party, lasts, clock.now(), clock.now())
        parties.sign_creators(SYSTEM, signings=[signing])
        return agreed(
            creator,
            agency,
            role="agency_share",
            components=[SHARE],
            paid_to={"party": "payee", "onward_days": 15},
        )


def last_month(days):
    """So many days into the month before this one."""
    first = (clock.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    return datetime.combine(first + timedelta(days=days), time(12), clock.SHANGHAI)


def test_agency_paid_for_both_pays_onward(merchant, creator, agency):
    now = last_month(40)
    with clock.standing_at(now):
        version = paid_for_both(creator, agency)
    with clock.standing_at(now - timedelta(days=44)):
        agreed(merchant, creator, role="commission", components=[FEE | {"rate_bp": 2000}])
    with clock.standing_at(last_month(10)):
        order = Order(merchant, creator)
        record(order.paid(10_000), order.settled(10_000))
    whose = creator.party.pk
    before = books()[whose, "share", "settled"]
    assert before > 0
    with clock.standing_at(now):
        assert (services.raise_onward(SYSTEM), services.raise_onward(SYSTEM)) == (1, 0)
        bill = Bill.objects.get(agreement=version.agreement)
        assert (bill.kind, bill.payer, bill.payee) == ("onward", agency.party, creator.party)
        assert bill.amount_fen == before
        after = books()
        assert after.get((whose, "share", "settled"), 0) == 0  # the claim has moved
        assert after[whose, "bills", "settled"] == before
        proof = {"file": factories.picture(), "paid_on": clock.today()}
        services.prove_payment(agency.actor, bill=bill, **proof)
        services.return_proof(creator.actor, bill=bill, note="没有收到")
        services.prove_payment(agency.actor, bill=bill, **proof | {"file": factories.picture()})
        services.confirm_receipt(creator.actor, bill=bill)
        assert books().get((whose, "bills", "settled"), 0) == 0
        assert Bill.objects.get(pk=bill.pk).status == "paid"
