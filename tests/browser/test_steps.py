"""How many steps lead from sign-up to a hired provider: counted in the browser as a brand walks
them by the links it sees, and held against the table of the merchants' guide.

A page is a document loaded; a field is one that was filled in or ticked; a click is one on a link,
a button or a fold. Papers are uploaded elsewhere, and whom one waits for is not counted.
"""

from __future__ import annotations

import json
import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs.models import Need, Proposal
from portal.core import clock
from portal.parties.models import Category, Party, ServiceType
from portal.parties.services import approve_party
from portal.parties.states import PartyKind
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "merchant.md"
ROW = re.compile(r"^\| (.+?) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)
PASSWORD = "a-long-enough-password"
COUNTING = """(() => {
  try {
    const none = {pages: 0, fields: 0, clicks: 0};
    const kept = () => JSON.parse(sessionStorage.getItem("steps")) || none;
    const add = (what) => {
      const counts = kept();
      counts[what] += 1;
      sessionStorage.setItem("steps", JSON.stringify(counts));
    };
    add("pages");
    const filled = new Set();
    addEventListener("input", (event) => {
      const field = event.target;
      const key = field.name + (field.type === "checkbox" ? field.value : "");
      if (field.name && !filled.has(key)) { filled.add(key); add("fields"); }
    }, true);
    addEventListener("click", (event) => {
      if (event.isTrusted && event.target.closest("a, button, summary")) add("clicks");
    }, true);
  } catch (error) { /* about:blank keeps nothing */ }
})()"""


class Walk:
    """Counts by part, and the seconds the machine took for them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.rows: list[tuple[str, int, int, int]] = []
        self.began, self.seconds = time.monotonic(), 0.0

    def end(self, part: str) -> None:
        counts = json.loads(self.page.evaluate("sessionStorage.getItem('steps')"))
        self.page.evaluate("sessionStorage.removeItem('steps')")
        self.rows.append((part, counts["pages"], counts["fields"], counts["clicks"]))
        self.seconds += time.monotonic() - self.began

    def go_on(self) -> None:
        """After whatever others did."""
        self.began = time.monotonic()


def test_steps_from_sign_up_to_a_hired_provider(open_page, live_server):
    yunfan = person_of(factories.listed_party(PartyKind.PROVIDER, "云帆电商"))
    page = open_page()
    page.add_init_script(COUNTING)
    walk = Walk(page)
    sign_up(page)
    walk.end("Sign up")
    register(page)
    walk.end("Register the party and hand it in")
    approve_party(SYSTEM, party=Party.objects.get(name="谷雨粒食品"))
    walk.go_on()
    need = write_need(page)
    walk.end("Write the need and publish it")
    invite(page)
    walk.end("Invite the first candidate")
    factories.submitted_proposal(yunfan.actor, need)
    walk.go_on()
    hire(page)
    walk.end("Compare and hire")
    assert Cooperation.objects.get().provider == yunfan.party
    print(f"\n{walk.rows}\nmachine: {walk.seconds:.1f} s")
    assert walk.rows == written()


def written() -> list[tuple[str, int, int, int]]:
    """The table of the guide, without its sum; the sum is checked here."""
    found = [(part, int(p), int(f), int(c)) for part, p, f, c in ROW.findall(GUIDE.read_text())]
    *rows, last = [row for row in found if row[0] != "part"]
    assert last == ("Together", *(sum(row[n] for row in rows) for n in (1, 2, 3)))
    return rows


def sign_up(page: Page) -> None:
    page.goto("/")
    page.locator("a[href^='/accounts/signup/']").first.click()
    page.fill("[name=name]", "顾雨")
    page.fill("[name=email]", "brand@example.com")
    page.fill("[name=password1]", PASSWORD)
    page.check("[name=terms]")
    page.check("[name=privacy]")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/workbench/")


def register(page: Page) -> None:
    page.locator("main a[href='/parties/new/']").first.click()
    page.locator("main a[href*='kind=merchant']").first.click()
    page.fill("[name=name]", "谷雨粒食品")
    page.fill("[name=legal_name]", "杭州谷雨粒食品有限公司")
    page.fill("[name=uscc]", factories.uscc_code())
    page.fill("[name=city]", "杭州")
    page.fill("[name=contact_name]", "顾雨")
    page.fill("[name=contact_phone]", "13800001111")
    page.fill(f"[name=share_{Category.objects.get(code='food').pk}]", "100")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/parties/*/")
    factories.with_papers(Party.objects.get(name="谷雨粒食品"))  # uploading is another journey
    page.reload()
    page.locator("form[action$='/submission/'] button").click()
    expect(page.locator("form[action$='/submission/']")).to_have_count(0)


def write_need(page: Page) -> Need:
    today = clock.today()
    page.goto("/workbench/")
    page.locator("a[href='/needs/']").first.click()
    page.locator("main a[href='/needs/new/']").first.click()
    page.fill("[name=title]", "食品自播间代运营")
    page.fill("[name=brief]", "月均 3,000 单，希望 6 个月内做成稳定出单的自播间。")
    page.check(f"[name=services][value='{ServiceType.objects.get(code='live-room').pk}']")
    page.check(f"[name=categories][value='{Category.objects.get(code='food').pk}']")
    page.fill("[name=budget_low]", "20000")
    page.fill("[name=budget_high]", "45000")
    page.fill("[name=gmv_target]", "3600000")
    page.fill("[name=closes_on]", (today + timedelta(days=10)).isoformat())
    page.locator("button[name=publish]").click()
    page.wait_for_url(re.compile(r"/needs/\d+/$"))
    return Need.objects.get()


def invite(page: Page) -> None:
    """From the need's own page: the first candidates stand on it."""
    form = page.locator("form[action$='/invitations/']").first
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()
    assert Proposal.objects.get().status == "invited"


def hire(page: Page) -> None:
    page.goto("/workbench/")
    page.locator("main a[href$='#proposals']").first.click()
    page.locator("details.accept summary").first.click()
    page.locator("form[action$='/acceptance/'] button").first.click()
    page.wait_for_url("**/cooperations/*/")
