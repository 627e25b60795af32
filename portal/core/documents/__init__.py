"""Papers as PDF: templates as files, data as JSON. Used by comparisons and whatever is signed."""

from portal.core.documents.codes import qr_drawing
from portal.core.documents.reading import pages_alone, read_codes
from portal.core.documents.rendering import (
    FontsMissing,
    canonical,
    digest_of,
    pdf_file,
    render_pdf,
    render_png,
)

__all__ = [
    "FontsMissing",
    "canonical",
    "digest_of",
    "pages_alone",
    "pdf_file",
    "qr_drawing",
    "read_codes",
    "render_pdf",
    "render_png",
]
