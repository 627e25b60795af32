"""Phone numbers, mail addresses and names: one way to write them, one way to show half of them."""

from __future__ import annotations

import re

MAINLAND = re.compile(r"1[3-9]\d{9}")
PREFIX = "+86"
NOISE = re.compile(r"[\s()\-]")


def normal_phone(text: str) -> str:
    """A mainland mobile number as +8613800001111; "" if it is none. Takes what people type:
    spaces, dashes, full-width digits, +86, 0086 or 86 before it."""
    digits = "".join(_plain_digit(c) for c in NOISE.sub("", text))
    for prefix in ("+86", "0086", "86"):
        if digits.startswith(prefix) and len(digits) == len(prefix) + 11:
            digits = digits.removeprefix(prefix)
    return PREFIX + digits if MAINLAND.fullmatch(digits) and digits.isascii() else ""


def _plain_digit(character: str) -> str:
    return str(int(character)) if character.isdecimal() else character.replace("＋", "+")


def masked_phone(phone: str) -> str:
    """138****1111."""
    number = phone.removeprefix(PREFIX)
    return f"{number[:3]}****{number[-4:]}" if number else ""


def masked_mail(address: str) -> str:
    """g***@example.com."""
    name, _at, host = address.partition("@")
    return f"{name[:1]}***@{host}" if host else ""


def masked_name(name: str) -> str:
    """王*明, 李*, J*** S***: enough to recognise whom one knows, and no more."""
    if "@" in name:
        return masked_mail(name)
    words = name.split()
    return " ".join(_masked_word(word) for word in words) if words else ""


def _masked_word(word: str) -> str:
    if word.isascii():
        return f"{word[:1]}***"
    return f"{word[0]}*{word[-1]}" if len(word) > 2 else f"{word[0]}*"
