"""A file's life: kept with its row, read by who may, an orphan pruned, its bytes gone with it."""

import os
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.test import override_settings

from portal.core import clock, outbox
from portal.core.files import (
    attach_file,
    delete_file,
    discard_upload,
    keep_made_file,
    open_bytes,
    prune_files,
    store_file,
    take_file,
)
from portal.core.files import services as files
from portal.core.files.storage import PrivateStorage
from portal.core.models import AuditEntry, StoredFile
from portal.core.verdict import Refused
from tests.core.files.samples import pdf, picture, upload
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


def stored(person, purpose="tests.paper", data=None, **more) -> StoredFile:
    more.setdefault("party_id", person.actor.party_id)
    return store_file(
        person.actor, upload=upload(data or pdf(), "执照.pdf"), purpose=purpose, **more
    )


def path_of(file: StoredFile) -> Path:
    return Path(settings.MEDIA_ROOT) / "private" / file.path


def test_bytes_lie_in_a_folder_of_the_site_alone_under_a_name_nobody_guesses(merchant):
    file = stored(merchant)
    assert path_of(file).read_bytes() == pdf()
    assert path_of(file).stat().st_mode & 0o777 == 0o600
    for folder in (Path(settings.MEDIA_ROOT) / "private", path_of(file).parent):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert len(path_of(file).name) == 40
    with pytest.raises(ValueError, match="through the site"):
        storages["private"].url(file.path)
    entry = AuditEntry.objects.get(verb="store_file")
    assert "执照" not in str(entry.after)


def test_who_may_not_store_keeps_nothing(merchant, provider, stranger):
    for person, party in ((stranger, merchant.party.pk), (provider, merchant.party.pk)):
        with pytest.raises(Refused) as refused:
            stored(person, party_id=party)
        assert refused.value.verdict.status == 403
    with pytest.raises(Refused) as refused:
        stored(merchant, purpose="nobody")
    assert refused.value.verdict.status == 422
    assert not StoredFile.objects.exists()


def test_one_person_does_not_fill_the_disk(merchant, monkeypatch):
    monkeypatch.setattr(files, "MOST_LOOSE", 2)
    kept = stored(merchant)
    stored(merchant)
    with pytest.raises(Refused):
        stored(merchant)
    attach_file(merchant.actor, file=kept)
    stored(merchant)


def test_one_person_uploads_so_much_a_day(merchant, provider, settings):
    size = stored(merchant).size
    settings.UPLOAD_MEGABYTES_A_DAY = (3 * size) / 1024 / 1024
    delete_file(merchant.actor, file=stored(merchant), why="")  # counts nevertheless
    attach_file(merchant.actor, file=stored(merchant))
    with pytest.raises(Refused) as refused:
        stored(merchant)
    assert refused.value.verdict.status == 409
    stored(provider)
    with clock.standing_at(clock.now() + timedelta(hours=25)):
        stored(merchant)


def test_attaching_is_for_the_uploader_and_once(merchant, colleague, provider):
    file = stored(merchant)
    for person in (colleague, provider):
        with pytest.raises(Refused):
            attach_file(person.actor, file=file)
        with pytest.raises(Refused) as refused:
            take_file(person.actor, file_id=file.pk, purpose="tests.paper", field="licence")
        assert refused.value.verdict.flaws[0].field == "licence"
    with pytest.raises(Refused):
        take_file(merchant.actor, file_id=file.pk, purpose="tests.card")
    assert take_file(merchant.actor, file_id=file.pk, purpose="tests.paper").attached_at
    with pytest.raises(Refused):
        take_file(merchant.actor, file_id=file.pk, purpose="tests.paper")


def test_deleted_file_keeps_its_row_and_loses_its_bytes(merchant):
    file = stored(merchant)
    delete_file(merchant.actor, file=file)
    delete_file(merchant.actor, file=file)
    assert path_of(file).exists(), "before the commit nothing is gone"
    assert outbox.dispatch() >= 1
    assert not path_of(file).exists()
    file.refresh_from_db()
    assert file.deleted_at
    assert AuditEntry.objects.filter(verb="delete_file").count() == 1
    with pytest.raises(Refused) as refused:
        files.read_file(merchant.actor, file=file)
    assert refused.value.verdict.status == 409


def test_attached_file_is_not_discarded(merchant, colleague):
    file = stored(merchant)
    with pytest.raises(Refused):
        discard_upload(colleague.actor, file=file)
    attach_file(merchant.actor, file=file)
    with pytest.raises(Refused):
        discard_upload(merchant.actor, file=file)
    assert StoredFile.objects.alive().count() == 1


def test_uploads_nothing_held_for_a_day_are_pruned(merchant):
    orphan, held = stored(merchant), attach_file(merchant.actor, file=stored(merchant))
    assert prune_files(SYSTEM) == 0
    with clock.standing_at(clock.now() + timedelta(hours=25)):
        young = stored(merchant)
        assert prune_files(SYSTEM) == 1
        outbox.dispatch()
    assert set(StoredFile.objects.alive()) == {held, young}
    assert not path_of(orphan).exists()
    assert path_of(held).exists()


def test_bytes_a_rolled_back_transaction_left_are_pruned(merchant):
    file = stored(merchant)
    with transaction.atomic():
        lost = stored(merchant)
        attach_file(merchant.actor, file=file)
        transaction.set_rollback(True)
    assert path_of(lost).exists()
    attach_file(merchant.actor, file=file)
    with clock.standing_at(clock.now() + timedelta(days=1)):
        assert prune_files(SYSTEM) == 1
    assert not path_of(lost).exists()
    assert path_of(file).exists()


def test_file_the_site_made_is_attached_and_counts_against_nobody(merchant):
    made = keep_made_file(
        merchant.actor,
        content=upload(b"a,b\n"),
        content_type="text/csv",
        name="合作.csv",
        purpose="tests.table",
        party_id=merchant.party.pk,
    )
    assert made.attached_at
    with open_bytes(made) as content:
        assert content.read() == b"a,b\n"


@pytest.mark.parametrize("wrong", [{"size": 0}, {"sha256": "x"}])
def test_database_refuses_rows_that_cannot_be(merchant, wrong):
    file = stored(merchant)
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(**wrong)


# --- a full disk ------------------------------------------------------------------------------


class FullStorage(PrivateStorage):
    """Writes to the device that is always full."""

    def _save(self, name, content):
        with open("/dev/full", "wb", buffering=0) as device:
            device.write(content.read())


def private(backend: str) -> dict:
    return {**settings.STORAGES, "private": {"BACKEND": backend}}


def test_full_disk_is_a_clear_refusal_and_no_row(merchant):
    full = override_settings(STORAGES=private(f"{__name__}.FullStorage"))
    with full, pytest.raises(Refused) as refused:
        stored(merchant)
    assert "no room" in str(refused.value.verdict.reason)
    assert not StoredFile.objects.exists()
    assert not AuditEntry.objects.filter(verb="store_file").exists()


def test_full_folder_keeps_half_of_nothing(merchant, tmp_path):
    """A real file system of 64 KB; mounting one needs an administrator."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", str(tmp_path)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("may not mount a small file system here")
    try:
        with override_settings(MEDIA_ROOT=str(tmp_path)):
            with pytest.raises(Refused):
                stored(merchant, data=pdf(b"%" + b"a" * 200_000))
            assert not StoredFile.objects.exists()
            assert not [p for p in tmp_path.rglob("*") if p.is_file()]
            assert stored(merchant, data=pdf()).size, "what still fits is taken"
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


# --- reading ----------------------------------------------------------------------------------


def test_reader_gets_a_download_that_runs_nothing(merchant, colleague):
    file = stored(merchant)
    answer = colleague.browser().get(file.get_absolute_url())
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == pdf()
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Length"] == str(len(pdf()))


def test_picture_is_shown_inline(merchant):
    file = stored(merchant, data=picture())
    assert (
        merchant.browser().get(file.get_absolute_url())["Content-Disposition"].startswith("inline")
    )
    address = f"{file.get_absolute_url()}?download"
    assert merchant.browser().get(address)["Content-Disposition"].startswith("attachment")


def test_strangers_learn_nothing_and_visitors_sign_in(merchant, provider, operator, client):
    file = stored(merchant)
    for person in (provider, operator):
        assert person.browser().get(file.get_absolute_url()).status_code == 404
    assert client.get(file.get_absolute_url()).status_code == 302
    poster = stored(merchant, purpose="tests.poster", data=picture())
    assert client.get(poster.get_absolute_url()).status_code == 200


def test_personal_file_is_read_on_the_record(merchant, colleague):
    file = stored(merchant, purpose="tests.card")
    plain = stored(merchant)
    colleague.browser().get(file.get_absolute_url())
    colleague.browser().get(plain.get_absolute_url())
    [entry] = AuditEntry.objects.filter(verb="read_file")
    assert (entry.object_id, entry.user) == (str(file.pk), colleague.user)


# --- API --------------------------------------------------------------------------------------


def send(person, data=None, key="", **more):
    body = {"purpose": "tests.paper", "file": upload(data or pdf(), "执照.pdf")} | more
    headers = {"Idempotency-Key": key} if key else {}
    return person.browser().post("/api/v1/files/", body, headers=headers)


def test_api_takes_a_file_once_for_a_key(merchant):
    first, again = send(merchant, key="a"), send(merchant, key="a")
    other = send(merchant, picture(), key="a")
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert first.json() == again.json()
    file = StoredFile.objects.get()
    assert (file.party_id, file.attached_at) == (merchant.party.pk, None)
    assert first.json()["url"] == file.get_absolute_url()


def test_api_names_what_is_wrong(merchant):
    answer = send(merchant, b"nothing")
    assert answer.status_code == 422
    assert list(answer.json()["flaws"]) == ["file"]
    assert send(merchant, purpose="nobody").status_code == 422
    assert send(merchant, file="text").status_code == 400
    assert not StoredFile.objects.exists()


def test_api_shows_and_deletes_one_s_own_upload(merchant, colleague, provider):
    address = f"/api/v1/files/{send(merchant).json()['id']}/"
    assert colleague.browser().get(address).json()["name"] == "执照.pdf"
    assert colleague.browser().delete(address).status_code == 403
    assert provider.browser().get(address).status_code == 404
    assert merchant.browser().delete(address).status_code == 200
    assert merchant.browser().get(address).status_code == 404
