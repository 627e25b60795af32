"""A handful of drawn pictures, made once and shared by the crowd; the guide's parties have their
own, looked at by an operator like everybody's."""

from __future__ import annotations

from colorsys import hls_to_rgb
from io import BytesIO
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image, ImageDraw

from portal.core import clock, outbox
from portal.core.files import keep_made_file
from portal.core.models import StoredFile
from portal.moderation.models import Case
from portal.moderation.services import pass_case
from portal.parties import services
from portal.parties.demo.cast import CAST, acting, cast_party
from portal.parties.demo.world import DEMO, World
from portal.parties.files import PARTY_PICTURE
from portal.parties.models import PartyPicture
from portal.parties.profile_states import PictureSlot
from portal.parties.services import Logo
from portal.parties.states import PartyKind

SHARED = 12  # of firms, and as many of people
HAS_ONE = 0.62
SIDE, SMALL = 320, 192


def logo_of(kind: PartyKind, number: int, shared: list[StoredFile]) -> Logo | None:
    """One of the shared pictures, or none."""
    random = Random(f"logo:{kind}:{number}")
    if random.random() >= HAS_ONE:
        return None
    place = random.randrange(len(shared))
    return Logo(shared[place], shared[place], where="demo")


def shared_pictures(kind: PartyKind) -> list[StoredFile]:
    """Made at the first call, found at the later ones."""
    prefix = "person" if kind == PartyKind.CREATOR else "firm"
    known = StoredFile.objects.alive().filter(
        purpose=PARTY_PICTURE, party_id=None, name__startswith=f"{prefix}-"
    )
    if found := list(known.order_by("name")):
        return found
    return [
        keep_made_file(
            DEMO,
            content=BytesIO(
                drawn(Random(f"{prefix}:{place}"), SMALL, is_person=prefix == "person")
            ),
            content_type="image/png",
            name=f"{prefix}-{place:02d}.png",
            purpose=PARTY_PICTURE,
        )
        for place in range(SHARED)
    ]


def drawn(random: Random, side: int, *, is_person: bool) -> bytes:
    """A calm ground with a head and shoulders, or with a sign of two shapes."""
    hue = random.random()
    picture = Image.new("RGB", (side, side), _colour(hue, 0.86, 0.45))
    draw, ink = ImageDraw.Draw(picture), _colour(hue, 0.42, 0.5)
    if is_person:
        _person(draw, side, ink, _colour(hue + 0.08, 0.62, 0.4))
    else:
        _sign(draw, side, ink, _colour(hue + random.choice((0.1, 0.45)), 0.58, 0.55), random)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _person(draw: ImageDraw.ImageDraw, side: int, ink: str, skin: str) -> None:
    middle = side / 2
    draw.ellipse((side * 0.12, side * 0.66, side * 0.88, side * 1.4), fill=ink)
    draw.ellipse((middle - side * 0.2, side * 0.22, middle + side * 0.2, side * 0.64), fill=skin)
    draw.pieslice(
        (middle - side * 0.22, side * 0.16, middle + side * 0.22, side * 0.6), 180, 360, ink
    )


def _sign(draw: ImageDraw.ImageDraw, side: int, ink: str, other: str, random: Random) -> None:
    low, high = side * 0.22, side * 0.78
    turn = random.randrange(0, 360, 45)
    draw.pieslice((low, low, high, high), turn, turn + 220, fill=ink)
    if random.random() < 0.5:
        draw.ellipse((side * 0.4, side * 0.4, side * 0.72, side * 0.72), fill=other)
    else:
        draw.rectangle((side * 0.42, side * 0.3, side * 0.7, side * 0.58), fill=other)


def _colour(hue: float, light: float, strong: float) -> str:
    red, green, blue = (round(part * 255) for part in hls_to_rgb(hue % 1, light, strong))
    return f"#{red:02x}{green:02x}{blue:02x}"


@transaction.atomic
def make_cast_pictures(world: World) -> None:
    """Each party of the guide has a logo; a new cover waits for an operator."""
    for kind in CAST:
        party, random = cast_party(kind), Random(f"cast-picture:{kind}")
        with outbox.born_delivered(), clock.standing_at(world.ago(100, random)):
            picture = services.set_picture(
                acting(party),
                party=party,
                slot=PictureSlot.LOGO,
                source=_upload(drawn(random, SIDE, is_person=kind == PartyKind.CREATOR)),
            )
            pass_case(DEMO, case=_case_of(picture))
    provider, random = cast_party(PartyKind.PROVIDER), Random("cast-cover")
    with clock.standing_at(world.ago(1, random)):
        services.set_picture(
            acting(provider),
            party=provider,
            slot=PictureSlot.COVER,
            source=_upload(drawn(random, SIDE, is_person=False)),
        )


def _case_of(picture: PartyPicture) -> Case:
    return Case.objects.about(picture).get()


def _upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("logo.png", data, "image/png")
