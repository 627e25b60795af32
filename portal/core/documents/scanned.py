"""The codes on a scan, one a line as JSON. Run as a program of its own: what reads strangers' files
is C++, and whatever happens to it must not happen to the site. Imports nothing of ours.

    python scanned.py < scan.pdf
"""

import json
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image

QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
MEMORY = 2 * 1024**3
SECONDS = 20  # of computing
MOST_PAGES = 6  # from the end: a stamped paper's code is on its last page
MOST_PIXELS = 3_000  # along the longer side


def pages(content: bytes) -> Iterator[Any]:
    if content[:5] != b"%PDF-":
        picture = Image.open(BytesIO(content))
        picture.thumbnail((MOST_PIXELS, MOST_PIXELS))
        yield picture.convert("L")
        return
    document = pypdfium2.PdfDocument(content)
    for number in list(range(len(document)))[::-1][:MOST_PAGES]:
        page = document[number]
        scale = min(3.0, MOST_PIXELS / max(page.get_size()))
        yield page.render(scale=scale, grayscale=True).to_pil()


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    for page in pages(sys.stdin.buffer.read()):
        for code in zxingcpp.read_barcodes(page, formats=QR):
            sys.stdout.write(json.dumps(code.text) + "\n")


if __name__ == "__main__":
    main()
