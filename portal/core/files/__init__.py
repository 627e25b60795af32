"""Private files: an upload is checked, kept under an unguessable name, and streamed by a view that
asks its purpose who may read it."""

from portal.core.files.forms import UploadField
from portal.core.files.purposes import (
    Purpose,
    is_near,
    may_read_own,
    may_store_own,
    purpose_named,
    register_purpose,
)
from portal.core.files.services import (
    attach_file,
    can_read_file,
    delete_file,
    discard_upload,
    erase_file,
    keep_made_file,
    may_know_of,
    open_bytes,
    prune_files,
    read_file,
    store_file,
    take_file,
)

__all__ = [
    "Purpose",
    "UploadField",
    "attach_file",
    "can_read_file",
    "delete_file",
    "discard_upload",
    "erase_file",
    "is_near",
    "keep_made_file",
    "may_know_of",
    "may_read_own",
    "may_store_own",
    "open_bytes",
    "prune_files",
    "purpose_named",
    "read_file",
    "register_purpose",
    "store_file",
    "take_file",
]
