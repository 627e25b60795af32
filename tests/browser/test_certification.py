"""An agency applies for the top-100 mark, is refused with reasons, objects and is granted it; then
anybody finds it on the public list and checks its number."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.core import clock
from portal.tiers import services
from portal.tiers.models import CertificationApplication, CertificationMark
from tests import factories
from tests.factories import SYSTEM
from tests.tiers.certifying import (
    PASS,
    again,
    checked,
    close,
    open_round,
    reviewed,
    rival_agency,
    staff,
    submitted,
    worthy,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_agency_is_refused_objects_and_is_granted_the_mark(
    open_page, agency, picture, check_page, tmp_path
):
    worthy(agency.party, net=8_612_000_000)
    round_ = open_round()
    others = [rival_agency("远山传媒", 6_240_000_000), rival_agency("长河传媒", 3_105_000_000)]
    theirs = [checked(submitted(one, round_)) for one in others]
    scan = tmp_path / "scan.png"
    scan.write_bytes(factories.picture().read())

    page = open_page(agency.user)
    page.goto("/certification/")
    check_page(page)
    picture(page, "wide/agency-certification-front")
    page.goto("/certification/ours/")
    check_page(page)
    page.get_by_role("button", name="申请认证").click()
    page.wait_for_url("**/edit/")
    check_page(page)
    page.fill("textarea[name=strengths]", "每位达人有专属经纪人。")
    page.click("button[name=submit]")  # the documents are missing
    page.get_by_text("请添加材料").first.wait_for()
    for kind in ("licence", "pledge"):
        page.select_option("select[name=kind]", kind)
        page.set_input_files("input[name=file]", scan)
        if kind == "licence":
            until = clock.today() + timedelta(days=500)
            page.fill("input[name=expires_on]", until.isoformat())
        page.click("form[action$='/documents/'] button")
        page.wait_for_load_state()
    page.fill("textarea[name=strengths]", "每位达人有专属经纪人。")
    check_page(page)
    picture(page, "wide/agency-certification")
    page.click("button[name=submit]")
    page.locator("h1", has_text=agency.party.name).wait_for()
    application = CertificationApplication.objects.get(party=agency.party)
    assert application.status == "submitted"

    operator, address = open_page(staff("operator").user), application.get_absolute_url()
    operator.goto("/certification/desk/")
    check_page(operator)
    operator.get_by_role("link", name=agency.party.name).click()
    operator.check("input[name=answer][value=accept]")
    check_page(operator)
    operator.click("form[action$='/check/'] button")
    operator.wait_for_load_state()
    services.score_certification_round(SYSTEM, round_=close(round_))
    for one in theirs:
        reviewed(again(one), PASS, PASS)
    for reason in ("孵化案例缺少签约时间。", "新人来源无法核实。"):
        reviewer = open_page(staff().user)
        reviewer.goto(address)
        assert "孵化案例缺少" not in (reviewer.text_content("main") or "")
        reviewer.check("input[name=verdict][value=refuse]")
        reviewer.fill("form[action$='/review/'] textarea", reason)
        check_page(reviewer)
        picture(reviewer, "wide/operator-certification-review")
        reviewer.click("form[action$='/review/'] button")
        reviewer.wait_for_load_state()

    phone = open_page(agency.user, phone=True)
    phone.goto(address)
    phone.get_by_text("新人来源无法核实。").wait_for()
    check_page(phone)
    picture(phone, "phone/agency-certification-refused")
    phone.click("a[href$='/objection/']")
    phone.fill("textarea[name=text]", "签约合同均有日期，附首页。")
    phone.set_input_files("input[name=paper_1]", scan)
    check_page(phone)
    phone.click(".form-foot button")
    phone.wait_for_url("**/objections/*/")

    decider = open_page(staff().user)
    decider.goto("/certification/desk/")
    decider.get_by_role("link", name="签约合同均有日期").click()
    decider.check("input[name=decision][value=grant]")
    decider.fill("textarea[name=sentence]", "合同日期属实，予以通过。")
    check_page(decider)
    decider.get_by_role("button", name="答复").click()
    decider.get_by_text("合同日期属实").first.wait_for()
    operator.goto("/certification/desk/")
    operator.get_by_role("button", name="公布").click()
    operator.wait_for_load_state()
    check_page(operator)
    picture(operator, "wide/operator-certification")

    mark = CertificationMark.objects.get(party=agency.party)
    page.goto("/certification/ours/")
    page.get_by_text(f"{round_.year} 年百大", exact=True).wait_for()
    check_page(page)
    visitor = open_page(phone=True)
    visitor.goto("/certification/holders/")
    check_page(visitor)
    visitor.get_by_role("link", name=mark.number).click()
    visitor.get_by_text(f"{round_.year} 年百大机构", exact=True).wait_for()
    visitor.locator(".badge-code svg").wait_for()
    check_page(visitor)
    picture(visitor, "phone/visitor-certification-badge")
    wide = open_page()
    wide.goto(mark.get_absolute_url())
    picture(wide, "wide/visitor-certification-badge")
