"""We say *usted*; a text that slips into *tú* sounds like two people."""

import re
from collections.abc import Iterator
from datetime import date

from knowledge.lint.spots import Spot, our_words
from knowledge.model import Knowledge
from knowledge.problems import Problem

RULE = "register_usted"

_NOT_OURS = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"|México te abraza|(?:ConsulApp|Estamos) Contigo|\{[^}]*\}", re.I)
"""Words quoted, and names of programmes."""
_TO_CHILDREN = "_minor"
_CHILDRENS_LINES = "minor_"
_OF_OTHERS = "other"
_YOU = r"\b(?:tú|tus?|te|ti|contigo|tuy[oa]s?)\b"
_VERBS = (
    r"\b(?:puedes|podrás|podrías|tienes|tendrás|quieres|querías|necesitas|debes|deberías|estás|eres|vas|vives|sabes|"
    r"haces|dices|hablas|llamas|llegas|sales|cruzas|viajas|trabajas|perdiste|fuiste|tuviste|llegaste|pasaste|"
    r"has|hayas|seas|estés|quieras|puedas|tengas|necesites|cuídate|acuérdate|recuérdate|quédate|comunícate|fíjate)\b"
)
_ORDERS = (
    r"\bno (?:llames|firmes|abras|digas|vayas|salgas|hagas|corras|mientas|pagues|des|tengas|dejes|olvides|cruces)\b"
    r"|(?:^|[.:;!?¡¿,]\s*)(?:haz|ten|ponte|dime|dile|escríbeme|escribe al|llama al|llama a|marca al|marca el|pide tu)\b"
)
_INFORMAL = re.compile(f"{_YOU}|{_VERBS}|{_ORDERS}", re.I)


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Spanish texts of ours only, but for those to children; what people write to us is theirs."""
    for spot, words in our_words(knowledge):
        if any(str(step).endswith(_TO_CHILDREN) for step in spot.steps) or _to_a_child(spot, knowledge):
            continue
        if found := _INFORMAL.search(_NOT_OURS.sub("…", words.es)):
            message = f"{found.group().strip(' .,:;¡¿!?')!r} says tú; we say usted"
            yield spot.at("es").problem(knowledge, RULE, message)


def _to_a_child(spot: Spot, knowledge: Knowledge) -> bool:
    """Whether a text of a protocol speaks to a child: a shared line by its name, a kind's own words by its mark."""
    if spot.kind == "lines":
        return spot.steps[:1] == ("said",) and str(spot.steps[1]).startswith(_CHILDRENS_LINES)
    own = spot.kind == "protocols" and knowledge.protocols[spot.id].child
    return own and not str(spot.steps[0]).endswith(_OF_OTHERS)
