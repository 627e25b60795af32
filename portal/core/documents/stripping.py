"""The pages of a PDF without what is said about it: author, title, program, dates. Run as a program
of its own, like `scanned.py` and for its reason. Imports nothing of ours.

    python stripping.py < work.pdf > pages.pdf
"""

import resource
import sys
from io import BytesIO

import pypdfium2

MEMORY = 2 * 1024**3
SECONDS = 20  # of computing


def stripped(content: bytes) -> bytes:
    """Pages are moved into a new document; what stood beside them stays behind."""
    made, target = pypdfium2.PdfDocument.new(), BytesIO()
    made.import_pages(pypdfium2.PdfDocument(content))
    made.save(target)
    return target.getvalue()


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.buffer.write(stripped(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
