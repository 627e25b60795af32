"""Numbers of firms and of persons with their right check digits, none twice in a kind."""

from __future__ import annotations

from datetime import date

from stdnum.cn import ric, uscc

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
COMPANY, SOLE_TRADER = "91", "92"
SERIALS = len(ALPHABET) ** 6
STEP = 104_729_011  # to no factor of SERIALS, so that every number has a serial of its own
WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714, over the organisation's eight characters
# Where people were born in 1986 or later, as their numbers begin: they are checked against the
# districts of that year.
HOMES = ("330106", "110105", "440106", "420106", "610113", "320106", "430104", "410105", "340104")


def code_of(sort: str, area: str, number: int) -> str:
    """`sort`: company or sole trader; `area`: six digits; `number`: whose code it is."""
    organisation = "MA" + _serial(number * STEP % SERIALS)
    body = sort + area + organisation + _check_character(organisation)
    return body + str(uscc.calc_check_digit(body))


def person_of(area: str, born: date, serial: int) -> str:
    """A resident's number; `serial` tells those apart who were born there on one day."""
    body = f"{area}{born:%Y%m%d}{serial:03d}"
    return body + str(ric.calc_check_digit(body + "0"))


def _serial(value: int) -> str:
    characters = ""
    for _place in range(6):
        value, digit = divmod(value, len(ALPHABET))
        characters += ALPHABET[digit]
    return characters


def _check_character(organisation: str) -> str:
    values = (int(character, 36) for character in organisation)
    rest = -sum(v * w for v, w in zip(values, WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else str(rest)
