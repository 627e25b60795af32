"""An address as a QR code, drawn."""

from __future__ import annotations

import qrcode


def qr_drawing(text: str) -> str:
    """An SVG of dark squares on nothing, a unit a module; the same text makes the same drawing."""
    code = qrcode.QRCode(border=0)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path d="{path}"/></svg>'
    )
