"""Finds what identifies somebody in what they wrote: CURP, e-mail, card, telephone, passport, A-number."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import phonenumbers
import yaml
from phonenumbers import NumberParseException, PhoneNumberType
from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.mx import curp

REGIONS = ("MX", "US", "GT", "HN", "SV", "NI", "CR", "PA", "CO", "VE", "CU", "EC", "HT")
"""Whose numbers our people write without a country's code."""
FEWEST, FEWEST_SAID, FEWEST_NAMED, SURE = 8, 7, 6, 10
"""Digits: of a number alone, of one behind a word for telephone, of one behind a letter or a word for papers, and of
one that a unit behind it makes no price.
"""
CARD = range(13, 20)
_GAP = r"[\s().,\-‐-―·/_*]{0,3}"
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    r"\d{1,2}[\s./-]\d{1,2}[\s./-]\d{4}|\d{4}[\s./-]\d{1,2}[\s./-]\d{1,2}|20[012]\d[01]\d[0-3]\d"
    rf"|(?:\d{{1,2}}[/-]\d{{1,2}}[/-]{_YEAR}|{_YEAR}[/-]\d{{1,2}}[/-]\d{{1,2}})[\sT,]{{1,2}}\d{{1,2}}"  # and its hour
)
_YEARS = re.compile(rf"{_YEAR}(?:\W{{1,3}}(?:\w{{1,2}}\W)?{_YEAR})+")
_DEGREES = re.compile(r"\d{1,3}\.\d{4,}(?:[\s,-]{1,3}\d{1,3}\.\d{4,})?")


@dataclass(frozen=True, slots=True)
class Found:
    """One of them; `kind` as in identifiers.yaml."""

    begins: int
    ends: int
    kind: str


def found_in(text: str) -> Sequence[Found]:
    """All of them, in their order, none within another."""
    every = sorted([*_emails(text), *_curps(text), *_numbers(text)], key=lambda one: (one.begins, -one.ends))
    kept: list[Found] = []
    for one in every:
        if not kept or one.begins >= kept[-1].ends:
            kept.append(one)
    return kept


def without_identifiers(text: str) -> str:
    """The text with a word in the place of each."""
    masks: Mapping[str, str] = _known()["masks"]
    for one in reversed(found_in(text)):
        text = text[: one.begins] + masks[one.kind] + text[one.ends :]
    return text


def _emails(text: str) -> Iterator[Found]:
    for one in _patterns()["email"].finditer(text):
        yield Found(*one.span(), "email")


def _curps(text: str) -> Iterator[Found]:
    for one in _patterns()["curp"].finditer(text):
        try:
            curp.validate(one[0].replace(".", ""), validate_check_digits=False)
        except ValidationError:
            # Of this form with a slip in it: whoever mistyped one letter is known all the same.
            if not re.fullmatch(r"\S+", one[0]) and len(re.findall(r"\w", one[0])) < 18:
                continue
        yield Found(*one.span(), "curp")


def _numbers(text: str) -> Iterator[Found]:
    for one in _patterns()["number"].finditer(text):
        kind = _kind(text, one)
        if kind and kind != "free":
            begins = one.start("run") if kind in ("phone", "card", "number") else one.start()
            yield Found(begins, one.end(), kind)
    for one in _patterns()["stuck"].finditer(text):  # "es4431278056llámame"
        if text[one.start() - 1 : one.start()].isalpha() or text[one.end() : one.end() + 1].isalpha():
            yield Found(*one.span(), "number")


def _kind(text: str, one: re.Match[str]) -> str | None:
    """What a run of digits is; None where it identifies nobody."""
    letters, run = (one["letters"] or "").lower(), one["run"]
    parts = _patterns()["digit"].findall(run)
    digits = "".join(parts)
    count = sum(1 if part in _known()["digits"] or part.isdigit() else 2 for part in map(str.lower, parts))
    before = text[: one.start("run")].lower()
    together = bool(letters) and run.isdigit() and " " not in one[0]
    named = next((what for what in ("passport", "alien") if _near(before, what)), None)
    said = _near(before, "phone")
    fewest = FEWEST_NAMED if together or named else FEWEST_SAID if said else FEWEST
    if count < fewest or _is_nobodys(text, one, count):
        return None
    if (together or named or len(letters) == 1) and count < SURE:
        return "a_number" if letters == "a" or named == "alien" else "passport"
    if count in CARD:
        return "card" if luhn.is_valid(digits) or count >= 15 else "number"
    return _phone(run, digits, count) or ("number" if count < FEWEST or said else None)


def _phone(run: str, digits: str, count: int) -> str | None:
    """A telephone that can be rung and belongs to somebody; of nine and more digits any other number too."""
    if len(digits) == count:
        for region in REGIONS:
            try:
                number = phonenumbers.parse(run if "+" in run else digits, region)
            except NumberParseException:
                continue
            if not phonenumbers.is_valid_number(number):
                continue
            free = phonenumbers.number_type(number) in (PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST)
            return "free" if free else "phone"
    return "number" if count > FEWEST else None


def _is_nobodys(text: str, one: re.Match[str], count: int) -> bool:
    """A date, years, a place on the map, a price, a file's number."""
    known, run = _known(), one["run"]
    if any(shape.fullmatch(run) for shape in (_DATE, _YEARS, _DEGREES)):
        return True
    near = text[max(0, one.start() - known["before_within"]) : one.start()].lower()
    if count >= SURE and not text[: one.start()].rstrip().endswith("$"):
        return bool(_patterns()["file"].search(near))
    behind = text[one.end() : one.end() + 20].lower()
    if "$" in text[max(0, one.start() - 2) : one.start()] or _patterns()["after"].match(behind):
        return True
    return bool(_patterns()["before"].search(near))


def _near(before: str, what: str) -> bool:
    return bool(_patterns()[what].search(before[-30:]))


@cache
def _known() -> Mapping[str, Any]:
    known: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return known


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """Each can begin only where a word does and repeats nothing without end: a long text costs one pass."""
    known = _known()
    at, dot, providers = ("|".join(known[name]) for name in ("at", "dot", "providers"))
    digit = rf"(?:\d|\b(?:{'|'.join(known['digits'] + known['two_digits'])})\b)"
    between = rf"(?:{_GAP}|\s(?:{'|'.join(known['between'])})\s)"
    spelled, joined = rf"\s(?:{dot})\s", rf"\s(?:{'|'.join(known['joined'])})\s"
    address = (
        rf"(?<![\w.+-])[\w.+-]{{1,64}}(?:{joined}[\w+-]{{1,64}}){{0,4}}\s?(?:{at})\s?"
        rf"(?:[\w-]{{1,64}}(?:(?:\.|\s\.\s|{spelled})\w{{2,24}}){{1,4}}|(?:{providers})\b)"
        rf"|(?<![\w.+-])[\w.+-]{{1,64}}(?:{joined}[\w+-]{{1,64}}){{0,4}}\sat\s[\w-]{{1,64}}(?:{spelled}\w{{2,24}}){{1,4}}"
    )
    gap = r"[\s.-]{0,3}"
    mexican = "".join([
        r"(?<!\w)[A-Z]", f"(?:{gap}[A-Z]){{3}}", f"(?:{gap}\\d){{6}}", f"{gap}[HMX]", f"(?:{gap}[A-Z]){{4,5}}",
        f"(?:{gap}[A-Z\\d])?(?:{gap}\\d)?(?!\\w)",
    ])  # fmt: skip
    letters = r"(?<!\w)(?<!\d\.)(?:(?P<letters>[a-z]{1,2})[\s.#-]{0,2})?"
    number = rf"{letters}(?P<run>[+(]{{0,2}}{digit}(?:{between}{digit})*)(?!\w)"
    made = {
        "email": address, "curp": mexican, "number": number, "digit": digit,
        "after": rf"[\s.]{{0,2}}(?:{'|'.join(known['after'])})\b",
        "before": rf"\b(?:{'|'.join(known['before'])})\b\D*$",
        "stuck": r"(?<!\d)\d{10,16}(?!\d)",
        "passport": rf"\b(?:{'|'.join(known['passport'])})\b", "alien": rf"\b(?:{'|'.join(known['alien'])})",
        "phone": rf"\b(?:{'|'.join(known['phone'])})\w{{0,4}}\D{{0,12}}$",
        "file": rf"\b(?:{'|'.join(known['file'])})\b\D*$",
    }  # fmt: skip
    return {name: re.compile(one, re.IGNORECASE) for name, one in made.items()}
