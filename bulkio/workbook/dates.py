"""Dates and times as a number format shows them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

TOKEN = re.compile(
    r"""(?P<elapsed>\[(?:h+|m+|s+)\])|(?P<ampm>AM/PM|A/P)|(?P<part>y+|e+|m+|d+|h+|s+|b+|g+)(?P<fraction>\.0+)?"""
    r"""|(?P<quoted>"[^"]*")|\\(?P<escaped>.)|(?P<skipped>_.|\*.|\[[^\]]*\]|@)|(?P<literal>.)""",
    re.IGNORECASE | re.DOTALL,
)
LOCALE = re.compile(r"\[\$[^\]-]*-([0-9A-Fa-f]+)[^\]]*\]")
SYSTEM_FORMATS = frozenset({"F800", "F400"})
DANISH = 0x0406

MONTHS = {
    "da": (
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
DAYS = {
    "da": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a date format: a part such as `yyyy`, or literal text."""

    part: str
    text: str = ""
    digits: int = 0


def moment(serial: float, since_1904: bool) -> datetime:
    """The date and time of a serial number; raises ValueError or OverflowError outside Excel's calendar.

    Excel counts a 29 February 1900 that never was, so days before March 1900 are one off.
    """
    if serial < 0:
        raise ValueError(serial)
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if serial >= 60 else 31)
    return start + timedelta(microseconds=round(serial * 86_400_000) * 1000)


def iso(value: datetime) -> str:
    """ISO 8601: the date alone at midnight, the time alone on day zero."""
    if value.date() <= date(1899, 12, 31):
        return value.time().isoformat("seconds")
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")


def iso_text(stored: str) -> str:
    """A date that the cell stores as ISO 8601 words (`t="d"`), in the one spelling of `iso`; what is none stands as it is."""
    try:
        return iso(datetime.fromisoformat(stored.strip()).replace(tzinfo=None))
    except ValueError:
        return stored


def show_date(code: str, since_1904: bool) -> Callable[[float], str]:
    """How a date format shows a serial number; ISO where the pattern is the system's own or out of the ordinary."""
    locale = LOCALE.search(code)
    if locale is not None and locale[1].upper() in SYSTEM_FORMATS:
        return lambda serial: iso(moment(serial, since_1904))
    language = "da" if locale is not None and int(locale[1], 16) & 0xFFFF == DANISH else "en"
    tokens = _tokens(code)
    if tokens is None:
        return lambda serial: iso(moment(serial, since_1904))
    half_day = any(token.part == "ampm" for token in tokens)

    def show(serial: float) -> str:
        value = moment(serial, since_1904)
        if not any(token.part == "fraction" for token in tokens):
            value = (value + timedelta(milliseconds=500)).replace(microsecond=0)
        return "".join(_shown(token, value, serial, language, half_day) for token in tokens)

    return show


def _tokens(code: str) -> list[Token] | None:
    """The pieces of a format, months told from minutes; None for calendars and eras we do not show."""
    tokens: list[Token] = []
    for found in TOKEN.finditer(code):
        tokens += _token(found)
    if any(token.part in {"b", "g", "e"} for token in tokens):
        return None
    return _with_minutes(tokens)


def _token(found: re.Match[str]) -> list[Token]:
    if found["elapsed"]:
        return [Token("elapsed " + found["elapsed"][1].lower(), digits=len(found["elapsed"]) - 2)]
    if found["ampm"]:
        return [Token("ampm", found["ampm"])]
    if found["part"]:
        part = Token(found["part"][0].lower(), digits=len(found["part"]))
        fraction = [Token("fraction", digits=len(found["fraction"]) - 1)] if found["fraction"] else []
        return [part, *fraction]
    if found["quoted"]:
        return [Token("", found["quoted"][1:-1])]
    return [Token("", found["escaped"] or found["literal"] or "")]


def _with_minutes(tokens: list[Token]) -> list[Token]:
    """`m` after hours or before seconds means minutes."""
    places = [place for place, token in enumerate(tokens) if token.part]
    for order, place in enumerate(places):
        token = tokens[place]
        before = tokens[places[order - 1]].part if order else ""
        after = tokens[places[order + 1]].part if order + 1 < len(places) else ""
        if token.part == "m" and (before in {"h", "elapsed h"} or after in {"s", "elapsed s"}):
            tokens[place] = Token("minute", digits=token.digits)
    return tokens


def _shown(token: Token, value: datetime, serial: float, language: str, half_day: bool) -> str:
    part, digits = token.part, token.digits
    if not part:
        return token.text
    if part.startswith("elapsed"):
        return _elapsed(part[-1], serial, digits)
    if part == "m" and digits > 2:
        return _name(MONTHS[language][value.month - 1], digits)
    if part == "d" and digits > 2:
        return _name(DAYS[language][value.weekday()], digits)
    if part == "ampm":
        return token.text.split("/")[value.hour >= 12]
    if part == "fraction":
        return "." + f"{value.microsecond:06}"[:digits].ljust(digits, "0")
    if part == "y":
        return f"{value.year:04}" if digits > 2 else f"{value.year % 100:02}"
    return f"{_amount(part, value, half_day):0{min(digits, 2)}}"


def _amount(part: str, value: datetime, half_day: bool) -> int:
    if part == "h":
        return (value.hour % 12 or 12) if half_day else value.hour
    return {"m": value.month, "d": value.day, "minute": value.minute, "s": value.second}[part]


def _name(word: str, digits: int) -> str:
    """Three letters is the short name, four the whole one, five the first letter."""
    return {3: word[:3], 5: word[:1]}.get(digits, word)


def _elapsed(unit: str, serial: float, digits: int) -> str:
    seconds = round(serial * 86_400)
    return f"{seconds // {'h': 3600, 'm': 60, 's': 1}[unit]:0{digits}}"
