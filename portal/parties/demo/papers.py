"""What some of the demo have shown, own, and have trouble with: papers near their last day, a
suspension and the appeal against it, proven shops, and where they are paid."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image, ImageDraw

from portal.core import clock, outbox
from portal.core.actor import Actor
from portal.parties import services
from portal.parties.demo.cast import acting, cast_party
from portal.parties.demo.world import DEMO, World
from portal.parties.fields import DocumentFields, OwnedFields, PayoutFields
from portal.parties.models import DocumentKind, Membership, Party
from portal.parties.states import PartyKind, Role

M, P, A, C = PartyKind.MERCHANT, PartyKind.PROVIDER, PartyKind.AGENCY, PartyKind.CREATOR
# Kind of party, document, number, days until its last one, and whether it was found right.
PAPERS = (
    (M, "food-licence", "JY13101150001234", 5, True),
    (M, "trademark", "", 24, True),
    (A, "agent-letter", "", 12, True),
    (P, "provider-qualification", "", 200, False),
)
UNREADABLE = "资质证书的编号看不清，请重新拍摄上传。"
ACCOUNTS = (  # and what became of it
    (M, "shop", "shop-88210034", "谷雨粒旗舰店", "proven"),
    (M, "douyin", "guyuli_food", "谷雨粒食品", "placed"),
    (C, "douyin", "xiaoman_kitchen", "小满的厨房", "proven"),
    (A, "douyin", "xingye.mcn", "星野文化", "claimed"),
    (P, "douyin", "yunfan-ds", "云帆电商", "refused"),
)
NO_CODE = "主页简介里没有找到口令，请确认保存后再提交。"
WHY_SUSPENDED = "多名商家投诉：收取服务费后未按约定开播。"
APPEAL = "三场直播均已按约完成，附排期与回放截图，请复核。"
SUSPENDED = 17  # of the listed providers, in the order they came


@transaction.atomic
def make_papers(world: World) -> None:
    """Handed in a while ago, with a picture; one came back."""
    random = Random("papers")
    with outbox.born_delivered():
        for kind, code, number, days, is_right in PAPERS:
            party, wanted = cast_party(kind), DocumentKind.objects.get(code=code)
            handed_in = world.ago(random.randint(20, 40), random)
            fields = DocumentFields(number=number, expires_on=world.today + timedelta(days=days))
            with clock.standing_at(handed_in):
                document = services.hand_in_document(
                    acting(party), party=party, kind=wanted, source=scan(code), fields=fields
                )
            with clock.standing_at(handed_in + timedelta(hours=20)):
                if is_right:
                    services.accept_document(DEMO, document=document)
                else:
                    services.return_document(DEMO, document=document, reason=UNREADABLE)


def scan(name: str) -> SimpleUploadedFile:
    """A sheet with lines on it: nobody's paper."""
    sheet = Image.new("RGB", (420, 300), "#f7f3e8")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((12, 12, 408, 288), outline="#9a3b2f", width=3)
    for line in range(6):
        pen.line(
            (48, 80 + 32 * line, 372 - 40 * (line % 3), 80 + 32 * line), fill="#777777", width=4
        )
    out = BytesIO()
    sheet.save(out, "PNG")
    return SimpleUploadedFile(f"{name}.png", out.getvalue(), "image/png")


@transaction.atomic
def make_accounts(world: World) -> None:
    """Accounts and shops: proven, being checked, named only, and one without its code."""
    random = Random("accounts")
    with outbox.born_delivered():
        for kind, platform, handle, name, end in ACCOUNTS:
            party = cast_party(kind)
            start = world.ago(2 if end in {"claimed", "placed"} else 40, random)
            with clock.standing_at(start):
                account = services.claim_account(
                    acting(party), party=party, fields=OwnedFields(platform, handle, name)
                )
            if end == "claimed":
                continue
            with clock.standing_at(start + timedelta(hours=1)):
                account = services.place_proof(acting(party), account=account)
            with clock.standing_at(start + timedelta(hours=9)):
                if end == "proven":
                    services.prove_account(DEMO, account=account)
                elif end == "refused":
                    services.refuse_account(DEMO, account=account, reason=NO_CODE)


@transaction.atomic
def make_payouts(world: World) -> None:
    """The merchant is paid, and is changing its account; the agency's waits; so does the creator's,
    whom an operator has to call."""
    random = Random("payouts")
    merchant, agency, creator = (cast_party(kind) for kind in (M, A, C))
    with outbox.born_delivered():
        with clock.standing_at(world.ago(60, random)):
            account = services.enter_payout(
                acting(merchant), party=merchant, fields=_firm(merchant, "310104016000123")
            )
            services.confirm_payout(_finance(merchant), account=account)
        with clock.standing_at(world.ago(1, random)):
            services.enter_payout(
                _finance(merchant), party=merchant, fields=_firm(merchant, "310104016000987")
            )
            services.enter_payout(
                acting(agency), party=agency, fields=_firm(agency, "510104016000456")
            )
            card = PayoutFields("建设银行", "", creator.legal_name, "6222021202000000001", True)
            services.enter_payout(acting(creator), party=creator, fields=card)


def _firm(party: Party, number: str) -> PayoutFields:
    branch = f"{party.city.name_zh}分行营业部"
    return PayoutFields("招商银行", branch, party.legal_name, number, True, "308331012012")


def _finance(party: Party) -> Actor:
    membership = Membership.objects.select_related("user").get(party=party, role=Role.FINANCE)
    return Actor(user=membership.user, party=party, role=Role.FINANCE, via="demo")


@transaction.atomic
def make_suspension(world: World) -> None:
    """A provider whose suspension is being appealed against, where there are enough of them."""
    random = Random("suspension")
    listed = Party.objects.listed().filter(kind=P, membership__role=Role.OWNER).order_by("pk")
    party = listed[SUSPENDED : SUSPENDED + 1].first()
    if party is None:
        return
    with outbox.born_delivered():
        with clock.standing_at(world.ago(6, random)):
            suspension = services.suspend_party(DEMO, party=party, reason=WHY_SUSPENDED)
        party.refresh_from_db()
        with clock.standing_at(world.ago(2, random)):
            services.file_appeal(acting(party), party=party, subject=suspension, text=APPEAL)
