"""Files: their uploader's and their party's, as their purpose says."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.core.files import attach_file, register_purpose, store_file
from tests.routes import Arranged, Cast

PAGES = {"GET file_read": "visitor 302, owner 200, member 200, * 404"}
API = {
    "POST api-file-list": "visitor 401, * 415",  # JSON carries no file; see tests/core/files
    "GET api-file-detail": "visitor 401, owner 200, member 200, * 404",
    "DELETE api-file-detail": "visitor 401, owner 409, member 409, * 404",
}
SEEN_IN_ADMIN = {"core_storedfile": ("operator", "auditor")}


def arrange(cast: Cast) -> Arranged:
    register_purpose("tests.routes", kinds=("csv",))
    file = store_file(
        cast.owner.actor,
        upload=SimpleUploadedFile("a.csv", b"a,b\n"),
        purpose="tests.routes",
        party_id=cast.owner.actor.party_id,
    )
    attach_file(cast.owner.actor, file=file)
    one = {"pk": file.pk}
    return Arranged(
        kwargs={"file_read": one, "api-file-detail": one},
        rows={"core_storedfile": file},
    )
