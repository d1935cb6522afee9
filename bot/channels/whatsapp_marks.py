"""How WhatsApp shows a reply: a bold title, a slanted source, by marks in the text; so no mark of a text may be one."""

import re

from bot.conversation import UNDECORATED, Reply, Role

_MARKS = {Role.TITLE: "*", Role.SOURCE: "_"}
_ALIKE = str.maketrans("*_~`", "∗＿∼ˋ")
# Between two letters or figures a mark is none to WhatsApp: `acta_2026`.
_AT_AN_EDGE = re.compile(r"(?<![^\W_])[*_~`]|[*_~`](?![^\W_])")
_ADDRESS = re.compile(r"\S*://\S*")


def marked(reply: Reply) -> str:
    """The text as it is written on WhatsApp; what has no parts as it stands, and in danger without any mark."""
    if reply.parts:
        return "".join(part.gap + _with_mark(part.text, _MARKS.get(part.role, "")) for part in reply.parts)
    return _harmless(reply.text) if reply.kind in UNDECORATED else reply.text


def _with_mark(text: str, mark: str) -> str:
    """Line by line, as a mark reaches no further; before an address, to which a mark behind it would belong."""
    return "".join(_line(line, mark) for line in text.splitlines(keepends=True))


def _line(line: str, mark: str) -> str:
    address = _ADDRESS.search(line)
    words = line[: address.start() if address else None]
    held = words.strip()
    if not mark or not held:
        return _harmless(line)
    begins = words.index(held)
    behind = _harmless(line[begins + len(held) :])
    return f"{line[:begins]}{mark}{held.translate(_ALIKE)}{mark}{behind}"


def _harmless(text: str) -> str:
    """With what looks alike for each mark that WhatsApp would heed; escaped in an address, which leads to the same."""
    said, end = [], 0
    for found in _ADDRESS.finditer(text):
        said += [_alike(text[end : found.start()]), _AT_AN_EDGE.sub(_escaped, found[0])]
        end = found.end()
    return "".join((*said, _alike(text[end:])))


def _alike(text: str) -> str:
    return _AT_AN_EDGE.sub(lambda found: found[0].translate(_ALIKE), text)


def _escaped(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"
