"""Pictures are read and written again: what is not the picture (place, device, script) is gone."""

from __future__ import annotations

import io
import warnings
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 50_000_000  # a photograph of 50 megapixels; a bomb has thousands
QUALITY = 88


class Unreadable(Exception):
    """Not a picture that can be shown."""


class TooManyPixels(Unreadable):
    pass


def redraw(source: IO[bytes], max_side: int) -> tuple[bytes, str]:
    """The picture alone, at most `max_side` pixels wide and high, and its content type.

    Raises `Unreadable`.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd colour tables and the like
        try:
            with Image.open(source, formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise TooManyPixels
                picture.draft("RGB", (max_side, max_side))  # a JPEG is decoded smaller at once
                upright = ImageOps.exif_transpose(picture)
                upright.thumbnail((max_side, max_side))
                return _encode(upright)
        except Image.DecompressionBombError as error:
            raise TooManyPixels from error
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
            raise Unreadable from error


def fit(source: IO[bytes], size: tuple[int, int]) -> tuple[bytes, str]:
    """A picture of ours cut to exactly this size around its middle, and its content type."""
    with Image.open(source, formats=FORMATS) as picture:
        return _encode(ImageOps.fit(picture, size))


def _encode(picture: Image.Image) -> tuple[bytes, str]:
    out = io.BytesIO()
    if picture.has_transparency_data:
        picture.convert("RGBA").save(out, "PNG", optimize=False)
        return out.getvalue(), "image/png"
    picture.convert("RGB").save(out, "JPEG", quality=QUALITY)
    return out.getvalue(), "image/jpeg"
