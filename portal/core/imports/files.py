"""The files of imports: tables, for the uploader and their party."""

from portal.core.files import register_purpose

PURPOSE = "import"
MOST_BYTES = 20 * 1024 * 1024

register_purpose(PURPOSE, kinds=("csv", "xlsx"), max_bytes=MOST_BYTES)
