"""An upload is what its bytes say; what is dangerous or broken is refused with the fix."""

import io

import pytest
from PIL import Image

from portal.core.files import documents, pictures
from portal.core.files.checks import XLSX, check_upload
from portal.core.files.names import clean_name
from portal.core.files.purposes import purpose_named
from portal.core.verdict import Refused
from tests.core.files.samples import packed, pdf, photo_with_place, picture, upload, workbook


def checked(data, name="file", purpose="tests.paper"):
    return check_upload(upload(data, name), purpose_named(purpose))


def refusal(data, name="file", purpose="tests.paper"):
    with pytest.raises(Refused) as refused:
        checked(data, name, purpose)
    [flaw] = refused.value.verdict.flaws
    assert flaw.field == "file"
    return str(flaw.sentence)


@pytest.mark.parametrize(
    ("data", "purpose", "content_type", "suffix"),
    [
        (picture("JPEG"), "tests.paper", "image/jpeg", ".jpg"),
        (picture("PNG"), "tests.paper", "image/jpeg", ".jpg"),
        (picture("PNG", clear=True), "tests.paper", "image/png", ".png"),
        (picture("WEBP"), "tests.paper", "image/jpeg", ".jpg"),
        (pdf(), "tests.paper", "application/pdf", ".pdf"),
        (workbook(), "tests.table", XLSX, ".xlsx"),
        ("名称,数量\n茶,3\n".encode(), "tests.table", "text/csv", ".csv"),
        ("名称,数量\n茶,3\n".encode("gb18030"), "tests.table", "text/csv", ".csv"),
        ("名称,数量\n茶,3\n".encode("utf-16"), "tests.table", "text/csv", ".csv"),
    ],
)
def test_type_and_suffix_come_from_the_content(data, purpose, content_type, suffix):
    found = checked(data, "営業 许可.exe", purpose)
    assert (found.content_type, found.name) == (content_type, f"営業 许可{suffix}")
    assert found.size == len(found.content.read()) > 0


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script></html>",
        b"MZ\x90\x00 a program",
        b"GIF89a" + b"\0" * 50,
        workbook(),
        b"x",
    ],
)
def test_other_kinds_are_refused_whatever_their_name(data):
    assert "is not taken here" in refusal(data, "licence.jpg")


def test_empty_and_large_files_are_refused():
    assert "empty" in refusal(b"")
    assert "at most" in refusal(b"a,b\n" * 30_000, purpose="tests.table")


def test_photo_loses_its_place_and_maker_and_stands_upright():
    found = checked(photo_with_place())
    with Image.open(found.content) as shown:
        assert shown.size == (40, 60)
        assert not dict(shown.getexif())
        assert b"PhoneMaker" not in found.content.getvalue()


def test_bytes_hidden_behind_a_picture_are_gone():
    found = checked(picture() + b"<script>alert(1)</script>" + pdf())
    assert b"script" not in found.content.read()


def test_picture_is_scaled_down_to_its_purpose():
    with Image.open(checked(picture(size=(900, 300)), purpose="tests.poster").content) as shown:
        assert shown.size == (100, 33)


def test_bomb_of_pixels_is_refused_before_it_is_decoded(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1_000)
    assert "too many pixels" in refusal(picture(size=(100, 100)))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    assert "too many pixels" in refusal(picture(size=(100, 100)))


@pytest.mark.parametrize("keep", [12, 60, -40])
def test_cut_off_picture_is_refused(keep):
    assert "cannot be read" in refusal(picture("PNG", size=(300, 300))[:keep])


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"5 0 obj << /Encrypt 6 0 R >> endobj", "password"),
        (b"5 0 obj << /S /JavaScript /JS (x) >> endobj", "script"),
        (b"5 0 obj << /S /J#61vaScript >> endobj", "script"),
        (b"5 0 obj << /S /Launch /F (cmd.exe) >> endobj", "program"),
        (b"5 0 obj << /Type /EmbeddedFile >> endobj", "other files"),
        (b"5 0 obj << /Names << /EmbeddedFiles 7 0 R >> >> endobj", "other files"),
        (packed(b"3 0 << /S /JavaScript >>"), "script"),
        (packed(b"3 0 << /S /JavaScript >>", head=b"/Filter /FlateDecode" + b" " * 3000), "script"),
        (packed(b"3 0 << >>", head=b"/Type /Obj#53tm /Filter /LZWDecode")[:-60], ""),
    ],
)
def test_pdf_that_would_do_something_is_refused(body, said):
    if said:
        assert said in refusal(pdf(body))


def test_pdf_with_objects_nobody_can_look_into_is_refused():
    body = b"9 0 obj << /Type /ObjStm /Filter /LZWDecode >>\nstream\n\x80\x0b`P\nendstream\nendobj"
    assert "cannot be looked into" in refusal(pdf(body))


def test_pdf_bomb_is_refused(monkeypatch):
    monkeypatch.setattr(documents, "MOST_INFLATED", 10_000)
    assert "cannot be looked into" in refusal(pdf(packed(b"3 0 " + b" " * 100_000)))


def test_harmless_pdf_is_taken():
    body = packed(b"3 0 << /Type /Page >>") + b"<< /OpenAction [1 0 R /Fit] /Launching 1 >>"
    assert checked(pdf(body)).content_type == "application/pdf"


def test_cut_off_pdf_is_refused():
    assert "cut off" in refusal(b"%PDF-1.7 and nothing more")


def test_archive_that_is_no_workbook_is_refused():
    assert "no Excel workbook" in refusal(b"PK\x03\x04 and nothing more", purpose="tests.table")


def test_huge_workbook_is_refused(monkeypatch):
    monkeypatch.setattr(documents, "MOST_UNZIPPED", 1_000)
    assert "no Excel workbook" in refusal(workbook(), purpose="tests.table")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("营业执照 副本.pdf", "营业执照 副本.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\fake\\照片.png", "照片.jpg"),
        ("a\0b\r\nSet-Cookie: x.jpg", "abSet-Cookie x.jpg"),
        ("\u202egnp.exe", "gnp.jpg"),
        ("👨\u200d👩\u200d👧 家.jpg", "👨\u200d👩\u200d👧 家.jpg"),
        ("", "file.jpg"),
        ("....", "file.jpg"),
        ("长" * 300, "长" * 100 + ".jpg"),
    ],
)
def test_names_are_cleaned(given, kept):
    assert clean_name(given, ".jpg") == kept
    assert len(kept) <= 120


def test_every_byte_string_is_taken_or_refused_in_words():
    for data in (b"\xff\xd8\xff" + b"\0" * 9, b"RIFF0000WEBPVP8 ", b"%PDF-" + b"\xff" * 99):
        assert refusal(data)
    assert isinstance(io.BytesIO(pdf()).read(), bytes)
