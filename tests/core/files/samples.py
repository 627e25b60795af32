"""Small files of every kind, made here."""

import io
import zlib

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    out = io.BytesIO()
    mode = "RGBA" if options.pop("clear", False) else "RGB"
    Image.new(mode, size, (200, 30, 30, 90)[: len(mode)]).save(out, form, **options)
    return out.getvalue()


def photo_with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "PhoneMaker"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif)


def pdf(body: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + body + b"\ntrailer\n%%EOF\n"


def packed(objects: bytes, head: bytes = b"/Type /ObjStm /Filter /FlateDecode") -> bytes:
    data = zlib.compress(objects)
    return b"9 0 obj\n<< " + head + b" >>\nstream\n" + data + b"\nendstream\nendobj\n"


def workbook(*rows: list) -> bytes:
    book = openpyxl.Workbook()
    for row in rows or (["a", "b"], [1, 2]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(data: bytes, name: str = "file") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)
