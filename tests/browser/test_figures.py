"""A shop imports its daily figures, sees what is wrong and looks at the trend;
an operator sorts and exports a list."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.activity import demo as activity_demo
from portal.core import clock, jobs
from portal.core.models import ExportRun, ImportRun
from portal.parties import demo as parties_demo
from portal.parties.demo import demo_user
from portal.parties.states import PartyKind
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(live_server):
    world = parties_demo.read_world()
    parties_demo.make_operator(factories.PASSWORD)
    parties_demo.make_cast_party(world, PartyKind.MERCHANT, factories.PASSWORD)
    activity_demo.make_feed(world, PartyKind.MERCHANT)
    return demo_user("merchant")


def table() -> bytes:
    today = clock.today()
    days = [f"{today - timedelta(days=n)},{120_000 - n},,1,{n % 3},是" for n in range(1, 9)]
    faults = [
        f"{today + timedelta(days=9)},1,,1,1,是",
        f"{today},abc,,1,1,是",
        f"{today},5,9,1,1,否",
    ]
    header = "day,followers,shopping_followers,videos,lives,has_sold"
    return "\n".join([header, *days, *faults]).encode("gb18030")


def test_shop_imports_a_file_and_looks_at_its_trend(shop, open_page, check_page, picture):
    for phone in (False, True):
        name = "phone" if phone else "wide"
        page = open_page(shop, phone=phone)
        page.set_default_timeout(90_000)
        page.goto("/imports/new/activity.own/")
        check_page(page)
        picture(page, f"import-new-{name}")
        data = table() + (b"\n" if phone else b"")  # another file for the second round
        page.set_input_files(
            "input[type=file]", {"name": "日报.csv", "mimeType": "text/csv", "buffer": data}
        )
        page.locator("main button[type=submit]").click()
        page.wait_for_url("**/imports/*/")
        run = ImportRun.objects.order_by("-created_at").first()
        jobs.run_job(str(run.job_id))
        page.wait_for_selector("#faults")
        check_page(page)
        picture(page, f"import-checked-{name}")
        page.locator("main button.btn-primary").click()
        jobs.run_job(str(ImportRun.objects.get(pk=run.pk).job_id))
        page.wait_for_selector(".note.warn")
        picture(page, f"import-done-{name}")
        page.goto("/imports/")
        check_page(page)
        picture(page, f"import-list-{name}")
        page.goto("/activity/?days=90")
        check_page(page)
        picture(page, f"activity-{name}")
        page.goto("/activity/report/")
        check_page(page)


def test_operator_sorts_chooses_and_exports(shop, open_page, check_page, picture):
    operator = demo_user("operator")
    for number in range(3):
        jobs.run_job(str(jobs.start_job(factories.SYSTEM, kind=f"tests.{number}").pk))
    page = open_page(operator)
    page.set_default_timeout(90_000)
    page.goto("/jobs/")
    check_page(page)
    page.locator("thead a").first.click()
    page.wait_for_url("**sort=**")
    picture(page, "jobs-wide")
    page.locator("button[name=format][value=xlsx]").click()
    page.wait_for_url("**/exports/")
    run = ExportRun.objects.get()
    jobs.run_job(str(run.job_id))
    page.wait_for_selector("a[href^='/files/']")
    check_page(page)
    picture(page, "exports-wide")
    phone = open_page(operator, phone=True)
    phone.set_default_timeout(90_000)
    for path in ("/jobs/", "/exports/"):
        phone.goto(path)
        check_page(phone)
        picture(phone, path.strip("/") + "-phone")
