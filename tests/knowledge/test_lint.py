"""Each rule catches a broken example; the tiny tree, unbroken, has nothing to catch."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from knowledge.checked import load_checked
from knowledge.lint import ADVICE, RULES, lint
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge
from knowledge.problems import ContentError, Severity

CARD, VIOLENCE = "content/topics/card.yaml", "content/urgent/categories/violence.yaml"
FACTS, CONTACTS = "content/facts/all.yaml", "content/contacts/all.yaml"
WHERE, TEXTS, MENU = "content/flows/where.yaml", "content/texts.yaml", "content/menu.yaml"
PAPERS, OF_CARD = "content/cards/papers.yaml", "training/phrases/card.yaml"
OF_VIOLENCE, FEW = "training/urgent/kind_lessons/violence.yaml", "training/threads/few.yaml"
FORUMS, CALENDAR = "content/calendar/forums.yaml", "content/lexicon/calendar.yaml"
CONSULATES, DIRECTORY = "content/consulates.yaml", "content/lexicon/directory.yaml"
HOUSE = "content/places/house.yaml"
GROUPS = "content/lexicon/calendar_groups.yaml"
WHAT = "la credencial dice quién es usted"
WHAT_EN = "the card says who you are"
SENTENCES = "training/urgent/sentences/violence.yaml"
BEATING, TRIAGE = "content/urgent/kinds/violence/beating.yaml", "content/urgent/triage.yaml"
YEAR_ES, YEAR_EN = "es: Según un informe de 2018", "es: According to a report of 2018"
INSTITUTIONS = "content/institutions.yaml"
GLOSSARY, AMBIGUOUS = "content/glossary.yaml", "content/ambiguous.yaml"
COST, OLDER = "sources: [card-fee]", "{es: 2026-11-10, en: 2026-10-01}"
ELSEWHERE = "[a dónde llamo]\n  means: [card, album]"
SMALLTALK = "es: Con gusto"
HARD = (
    "la credencialización institucionalizada corresponde reglamentariamente a administraciones descentralizadas "
    "interdependientes, independientemente de consideraciones presupuestarias extraordinarias, responsabilidades "
    "intergubernamentales, particularidades procedimentales y disposiciones complementarias posteriores"
)
IDLE_FACT = """
- {id: idle, states: Nada., sources: [https://example.org], seen: 2026-11-01, confidence: high}
"""
IDLE_CONTACT = """
- id: idle
  kind: web
  name: {es: Nadie, en: Nobody}
  value: https://example.org
  works_from: ["*"]
  sources: [https://example.org]
  seen: 2026-11-01
  confidence: high
"""


@dataclass(frozen=True)
class Broken:
    """One text replaced in one file, and what must be said of it."""

    rule: str
    file: str
    old: str
    new: str
    says: str
    severity: Severity = Severity.ERROR


def typed(new: str, says: str, severity: Severity = Severity.ERROR) -> Broken:
    return Broken("typed_number", CARD, WHAT, new, says, severity)


def informal(new: str, says: str) -> Broken:
    return Broken("register_usted", CARD, WHAT, new, says)


def promises(old: str, new: str, says: str) -> Broken:
    return Broken("promise", CARD, old, new, says)


BROKEN = [
    Broken("procedures", "content/procedures/errand.yaml", "after: [book]", "after: [pay]", "no step before it"),
    Broken(
        "procedures",
        "content/procedures/errand.yaml",
        "  - id: deed\n",
        "  - id: deed\n    errand: deeds\n",
        "no other procedure is called 'deeds'",
    ),
    Broken("procedures", "content/procedures/errand.yaml", "step: pay", "step: paid", "no step is called 'paid'"),
    Broken("calendar", FORUMS, "topics: [children]", "topics: [childs]", "no topic is called 'childs'"),
    Broken("calendar", FORUMS, "where: [town]", "where: [forum]", "no place is called 'forum'"),
    Broken("calendar", FORUMS, "kind: forum", "kind: town", "no kind is called 'town'"),
    Broken("calendar", FORUMS, "https://example.org/forum", "a newspaper", "'a newspaper' is no address"),
    Broken("calendar", FORUMS, "leads: [card]", "leads: [cards]", "no topic is called 'cards' yet", Severity.WARNING),
    Broken("calendar", CALENDAR, "within: [north]", "within: [south]", "no place is called 'south'"),
    Broken(
        "calendar",
        GROUPS,
        "generic: [forum]",
        "generic: [fora]",
        "no ask, kind or topic is called 'fora'",
    ),
    Broken("consulates", CONSULATES, "said: [village]", "said: [village, town]", "'town' is consulate-town already"),
    Broken("consulates", CONSULATES, "[https://example.org/address]", "[]", "a value without a source is low"),
    Broken("consulates", CONSULATES, "+15205550155", "5205550155", "no number of the United States or Canada in full"),
    Broken("consulates", CONSULATES, "+15205550144", "+18554636395", "+18554636395 is blocked"),
    Broken(
        "consulates",
        CONSULATES,
        "value: https://consulmex.sre.gob.mx/town",
        "value: https://sre.example.org",
        "no page",
    ),
    Broken("consulates", "content/lexicon/regions.yaml", "id: US-TX", "id: US-TN", "no region is called 'US-TX'"),
    Broken("consulates", DIRECTORY, "abroad: card-week", "abroad: card-is", "no fact with a value"),
    Broken("consulates", DIRECTORY, "covers: line", "covers: lines", "the catalogue has no 'lines'"),
    Broken("consulates", DIRECTORY, "[card]", "[cards]", "no topic is called 'cards' yet", Severity.WARNING),
    Broken("places", HOUSE, "refuge_for_women: false", "refuge_for_women: true", "a refuge for women has no address"),
    Broken("places", HOUSE, "[https://house.example.org]", "[]", "only the shelter's own pages tell its address"),
    Broken("places", FACTS, "as_of: 2026-06", "as_of: 2025-06", "older than 12 months", Severity.WARNING),
    Broken("places", FACTS, "  as_of: 2026-06\n", "", "its source is undated", Severity.WARNING),
    Broken("places", HOUSE, "call_first: true", "call_first: false", "nobody is sent to a shelter"),
    Broken("places", HOUSE, "[card/what]", "[card/where]", "no section is called 'card/where'"),
    Broken("places", HOUSE, "[card/what]", "[line/what]", "'line/what' is consulate's already"),
    Broken("places", HOUSE, "sources: [card-is]", "sources: [help-us]", "no fact is called 'help-us'"),
    Broken("places", HOUSE, "sources: [card-is]", "sources: [card-week]", "'card-week', or it ends"),
    Broken("places", HOUSE, "address: house-address", "address: card-is", "no fact of good confidence with a value"),
    Broken("places", HOUSE, "own_pages:", "more: cards\n    own_pages:", "no topic is called 'cards'"),
    Broken("places", HOUSE, "phone: help-us", "phone: help-web", "no phone of good confidence"),
    Broken("unknown_reference", CARD, "sources: [card-fee]", "sources: [card-fees]", "'card-fees'"),
    Broken(
        "unknown_reference",
        CARD,
        'sources: [card-is, "report-2018#Credencial"]',
        "sources: [report-2018]",
        "'report-2018'",
    ),
    Broken("unknown_reference", CARD, "next: [line]", "next: [lines]", "no topic is called 'lines'"),
    Broken("unknown_reference", CARD, "ask: [help-us, help-mx]", "ask: [card-fee]", "no contact is called 'card-fee'"),
    Broken("unknown_reference", PAPERS, "id: album", "id: albums", "the catalogue has no 'albums'"),
    Broken("unknown_reference", CARD, "es: Cuesta {card-fee}", "es: Cuesta {fee}", "nothing is called {fee}"),
    Broken("unknown_reference", CARD, "es: Cuesta {card-fee}", "es: Cuesta {card-is}", "{card-is} has no value"),
    Broken("unknown_reference", CARD, "es: Cuesta {card-fee}", "es: Cuesta {Card fee}", "a brace"),
    Broken(
        "unknown_reference", CARD, "es: Cuesta {card-fee}", "es: Cuesta {countries}", "nothing is called {countries}"
    ),
    Broken(
        "unknown_reference",
        MENU,
        "topics: [card, line]",
        "topics: [card, lines]",
        "no topic is called 'lines'",
    ),
    Broken("unknown_reference", VIOLENCE, "ignores: [past]", "ignores: [pasts]", "no suppressor is called 'pasts'"),
    Broken("unknown_reference", WHERE, "effect: speak-en", "effect: speak-fr", "no effect is called 'speak-fr'"),
    Broken("unknown_reference", WHERE, "  - id: country", "  - id: country\n    needs: {x: y}", "no question 'x'"),
    Broken("unknown_reference", TEXTS, 'es: "desde {countries}"', "es: desde ahí", "{countries} is missing"),
    Broken("unknown_reference", TEXTS, "source-undated:", "source-undate:", "this shared text is missing"),
    Broken("unknown_reference", FACTS, "[https://example.org/week]", "[example.org]", "no address and no document"),
    Broken(
        "unknown_reference",
        FACTS,
        "[https://example.org/week]",
        "[https://example.org./a]",
        "no address and no document",
    ),
    Broken("institutions", FACTS, "https://example.org/week", "https://nobody.test/week", "whose page nobody.test is"),
    Broken("institutions", FACTS, "https://example.org/week", "https://example.org/a?p=1&utm_id=rss", "cut &utm_id"),
    Broken("institutions", INSTITUTIONS, "  example.net: ", "  example.org: ", "example.org: stands under two kinds"),
    Broken(
        "institutions",
        INSTITUTIONS,
        "Report of the Office",
        "Report in copy",
        "its kind already says that it is a copy",
    ),
    Broken("institutions", FACTS, "https://example.org/week", "https://border.example.org/week", "no source but"),
    Broken(
        "institutions", FACTS, "https://example.org/week", "https://example.net/a", "of nobody known", Severity.WARNING
    ),
    Broken("confidence", FACTS, "https://example.org/week", "https://news.example.com/week", "nor two institutions"),
    Broken("confidence", FACTS, "https://www.example.org/fees", "https://news.example.com/a", "nor two institutions"),
    Broken("confidence", CONTACTS, "[https://www.example.org/line]", "[https://news.example.com/a]", "help-us.confid"),
    Broken("confidence", CONTACTS, "[https://help.example.org]", "[https://news.example.com/a]", "help-web.confid"),
    Broken(
        "confidence", CONSULATES, "[https://example.org/address]", "[https://news.example.com/a]", "town.address.co"
    ),
    Broken("missing_source", FACTS, "[https://example.org/week]", "[]", "has no source"),
    Broken("missing_source", CARD, "sources: [card-fee]", "sources: [card-is]", "{card-fee} is said"),
    Broken(
        "missing_source", GLOSSARY, "en: The CRD is the card.", 'en: "The CRD costs {card-fee}."', "{card-fee} is said"
    ),
    Broken("missing_language", CARD, "en: [card]}", "en: []}", "no name in en"),
    Broken("missing_language", "training/phrases/line.yaml", ", en: [is there a line]", "", "no phrase in en"),
    Broken("unfinished", CARD, "es: La credencial,", "es: WRITE HERE,", "still to be written: title: {es: WRITE HERE"),
    Broken("translation", CARD, COST, f"{COST}\n    changed: {{es: 2026-11-10, en: 2026-11-21}}", "still to come"),
    Broken("translation", CARD, COST, f"{COST}\n    changed: {OLDER}", "older than the Spanish", Severity.WARNING),
    Broken("ambiguous", AMBIGUOUS, "means: [card, line]", "means: [card, lines]", "no topic is called 'lines'"),
    Broken("ambiguous", AMBIGUOUS, "means: [card, line]", "means: [card, card]", "'card' stands here twice"),
    Broken(
        "ambiguous", AMBIGUOUS, "", "- {id: two, phrases: [Papel], means: [card, line]}", "declared already in paper"
    ),
    Broken(
        "ambiguous", AMBIGUOUS, "[papel, mi papel]\n  means: [card, line]", ELSEWHERE, "a phrase of line, which is not"
    ),
    Broken("glossary", GLOSSARY, "topic: card", "topic: cards", "no topic is called 'cards'"),
    Broken("glossary", GLOSSARY, "topic: card", "topic: card\n  section: phone", "no section 'phone'"),
    Broken("glossary", GLOSSARY, "topic: card", "topic: card\n  own: true", "none of the terms among its names"),
    Broken("glossary", GLOSSARY, "La CRD es la", "Es la", "says.es: does not say the term"),
    Broken("glossary", GLOSSARY, "terms: [CRD]", "terms: [CRD, papel]", "'papel' stands already in ambiguous.yaml"),
    Broken("glossary", GLOSSARY, "terms: [CRD]", "terms: [CRD, álbum]", "album bears this name", Severity.WARNING),
    Broken("readability", CARD, WHAT, HARD, "hard to read", Severity.WARNING),
    Broken("conflicting_ids", FACTS, "id: card-week", "id: help-us", "has this id too"),
    Broken("conflicting_ids", FACTS, "id: card-week", "id: emergency", "meaning of its own"),
    Broken("frames_compile", VIOLENCE, "me (pega|golpea)", "me (pega|golpea", "cannot read"),
    Broken("frames_compile", VIOLENCE, "antes me pegaba", "(antes me)? pegaba?", "at least one word"),
    Broken("frames_compile", "content/urgent/suppressors.yaml", "hace ... anos", "hace ....", "not a word"),
    Broken("frames_compile", "content/urgent/levels.yaml", "no respira", "no (|respira)", "an empty alternative"),
    Broken(
        "frames_compile", "content/urgent/signals.yaml", "minor: [tengo (15|16) anos]", "minor: ['¿?']", "not a word"
    ),
    Broken("frames_compile", WHERE, '"^mexico$"', '"^mex(ico$"', "cannot read"),
    Broken("frames_compile", "content/commands.yaml", "^(ayuda|help)$", "^(ayuda|help)?$", "at least one word"),
    Broken("audience", CARD, "id: card\n", "id: card\npeople: [mexicans, foreigners]\n", "are everybody"),
    Broken("audience", CARD, "Para quien vive fuera.", "Para personas extranjeras.", "needs people"),
    Broken("audience", CARD, "  - id: week\n", "  - id: week\n    people: []\n", "the same as its topic"),
    Broken("audience", CARD, "title: {es: La semana", "where: us\n    title: {es: En Tejas", "needs places"),
    Broken("one_aspect", CARD, "aspect: cost", "aspect: what", "the aspect what stands"),
    Broken("one_aspect", CARD, "aspect: cost", "aspect: where", "no words for where"),
    Broken("one_aspect", CARD, "  - id: week", "  - id: cost", "the section 'cost' stands"),
    Broken("one_aspect", CARD, "    title: {es: La semana, en: The week}\n", "", "needs an aspect or a title"),
    Broken("was", CARD, "id: card\n", "id: card\nwas: [line]\n", "'line' is still in use"),
    Broken("was", CARD, "  - id: week\n", "  - id: week\n    was: [cost]\n", "'card/cost' is still in use"),
    Broken("phrases", OF_CARD, "  cost:", "  price:", "has no section 'price'"),
    Broken(
        "phrases",
        OF_CARD,
        "how much la credencial",
        "¿Qué es la credencial?",
        "already under card.what",
    ),
    Broken("phrases", OF_CARD, "how much la credencial", "A dónde llamo", "already under"),
    Broken("phrases", OF_CARD, "how much la credencial", "¿¿??", "no letters"),
    Broken("dead_end", CARD, "next: [line]", "next: [card]", "leads to itself"),
    Broken("dead_end", CARD, "next: [line]", "", "offers no next topic", Severity.WARNING),
    Broken("dead_end", CARD, "ask: [help-us, help-mx]", "ask: [weak]", "nobody here can be reached"),
    Broken("dead_end", WHERE, ", effect: speak-es", "", "says, does and asks nothing"),
    Broken("blocked_number", CONTACTS, "1 520 555 0123", "1 (855) 463-6395", "+18554636395 is blocked"),
    Broken("blocked_number", CONTACTS, '"+15205550123"', '"8554636395"', "+18554636395 is blocked"),
    Broken("blocked_number", CONTACTS, '"077"', '"066"', "066 is blocked"),
    Broken("blocked_number", CARD, "Pregunte en {weak}", "Marque 1-855-463-6395", "+18554636395 is blocked"),
    Broken("blocked_number", CARD, "Pregunte en {weak}", "Antes era el 066", "066 is blocked"),
    Broken("blocked_number", FACTS, "la primera semana", "llame al 855 463 63 95", "+18554636395 is blocked"),
    typed("llame al 1 520 623 7874", "a phone number ('1 520 623 7874')"),
    typed("llame al +525512345678", "a phone number"),
    typed("marque 911", "a number ('911')"),
    typed("marque el 079", "a number ('079')"),
    typed("son 1,500 personas", "a number ('1,500')"),
    typed("cuesta 41 dólares", "money"),
    typed("cuesta $5", "money"),
    typed("cuesta 20 USD", "money"),
    typed("cuesta 3 mil pesos", "money"),
    typed("baja un 50 %", "a percentage"),
    typed("baja un 5 por ciento", "a percentage"),
    typed("vea www.gob.mx", "a web address"),
    typed("vea citas.sre.gob.mx", "a web address"),
    typed("vea https://example.org", "a web address"),
    typed("escriba a ayuda@example.org", "an e-mail"),
    typed("abre el 3 de mayo", "a date"),
    typed("abre el 1.º de julio", "a date"),
    typed("abre el 3/5/2027", "a date"),
    typed("abre el 2027-05-03", "a date"),
    typed("empieza en mayo de 2027", "a month to come", Severity.WARNING),
    Broken("typed_number", CARD, WHAT_EN, "it opens on May 3rd", "a date"),
    Broken("typed_number", CARD, WHAT_EN, "it opens on 3 May", "a date"),
    Broken("typed_number", CARD, WHAT_EN, "it falls by 5 percent", "a percentage"),
    Broken("typed_number", VIOLENCE, "llame al {emergency}", "llame al 911", "a number"),
    Broken("typed_number", TEXTS, 'es: "Fuente: {named}"', 'es: "Fuente (2 pesos): {named}"', "money"),
    Broken("help_text", VIOLENCE, "If not, call {emergency}", "If not, say so", "check.en: {emergency} is missing"),
    Broken("help_text", VIOLENCE, "¿Está usted a salvo", "¿Le dieron golpes", "'golpe'"),
    Broken("help_text", CONTACTS, "{es: Chat Amigo,", "{es: Patrulla Fronteriza,", "Patrulla Fronteriza is never"),
    Broken("help_text", CONTACTS, "en: Friendly Page", "en: ICE locator", "ICE is never a contact"),
    promises(WHAT, "usted califica para una visa", "usted califica"),
    promises(WHAT, "no se preocupe, usted califica", "usted califica"),
    promises(WHAT, "le quedan 4 días", "le quedan 4 días"),
    promises(WHAT, "seguro le aprueban la visa", "promises"),
    promises(WHAT, "le garantizamos la cita", "promises"),
    promises(WHAT_EN, "you qualify for a visa", "you qualify"),
    promises(WHAT_EN, "you have 4 days left", "you have 4 days left"),
    promises(WHAT_EN, "we guarantee an appointment", "guarantee"),
    informal("tú puedes pedirla", "'tú'"),
    informal("lleve tus papeles", "'tus'"),
    informal("llama a tu consulado", "tú; we say usted"),
    informal("puedes pedirla", "'puedes'"),
    informal("no firmes nada", "'no firmes'"),
    informal("es útil. Llama al consulado", "'Llama al'"),
    Broken("text_length", CARD, "es: La semana, en", "es: La semana de la credencial, en", "a button holds 20"),
    Broken("text_length", "content/aspects.yaml", "en: What it is", "en: What it is and what for", "a button holds 20"),
    Broken("text_length", CARD, "es: La credencial,", f"es: La credencial {'larga ' * 10},", "a choice holds 60"),
    Broken("text_length", "content/smalltalk.yaml", SMALLTALK, f"{SMALLTALK}{' mucho' * 260}", "a message holds 1500"),
    Broken("text_length", WHERE, "es: Otro,", "es: Otro país del mundo entero,", "a button holds 20"),
    Broken("text_length", CARD, WHAT, f"{'la credencial sirve. ' * 36}", "better up to 700", Severity.WARNING),
    Broken("text_length", CARD, WHAT, f"{'la credencial sirve. ' * 80}", "over 1500"),
    Broken("brevity", CARD, WHAT, f"{'la credencial sirve. ' * 31}", "words before the next step, at most 90"),
    Broken("brevity", CARD, WHAT, f"la credencial {'muy ' * 20} útil", "es: 28 words in a sentence, at most 20"),
    Broken("brevity", CARD, COST, f"{COST}\n    short: {{es: Es de paga., en: You pay.}}", "names none of the values"),
    Broken(
        "brevity",
        CARD,
        COST,
        f"{COST}\n    short: {{es: 'Cuesta {{card-fee}}.{' Es mucho más.' * 12}', en: 'It costs {{card-fee}}.'}}",
        "38 words, a short form has at most 35",
    ),
    Broken(
        "brevity", CARD, "Llame al {help-us}.", f"Llame{' ya' * 25}: {{help-us}}.", "27 words in a sentence, at most 25"
    ),
    Broken("es_en_same", CARD, f"{YEAR_ES}, {WHAT}", f"{YEAR_EN}, {WHAT_EN}", "identical", Severity.WARNING),
    Broken("sentences", SENTENCES, "me pegaba hace años", "Me está pegando.", "reports of danger too"),
    Broken("protocols", BEATING, "Vaya hoy a urgencias.", f"Vaya hoy{' ya' * 30}.", "32 words, at most 30"),
    Broken("protocols", BEATING, "Gracias por escribir.", "Si hubo golpes, escriba.", "name the matter: 'golpe'"),
    Broken("protocols", BEATING, "Go to an emergency room", "Calm down, go to an emergency room", "is never said"),
    Broken("protocols", BEATING, 'room today."', 'room today: {help-us}."', "name different numbers"),
    Broken("protocols", BEATING, 'urgencias."', 'urgencias: {help-us}."', "says in which countries"),
    Broken("protocols", BEATING, 'urgencias."', 'urgencias: {weak}."', "confidence low"),
    Broken("protocols", BEATING, 'reviewed_by: ""', "reviewed_by: a volunteer", "only a professional"),
    Broken("protocol_targets", BEATING, "no: care.0", "no: care.3", "there is no care 3"),
    Broken(
        "protocol_targets", BEATING, "level: critical", "level: critical\ncounts_as: blow", "no kind is called 'blow'"
    ),
    Broken("protocol_targets", BEATING, "yes: line.present", "yes: line.absent", "no line is called 'absent'"),
    Broken("protocol_targets", BEATING, "over: [safe_place]", "over: [nowhere]", "no reading is called 'nowhere'"),
    Broken("protocol_targets", TRIAGE, "[[beating]]", "[[fainted]]", "nothing is called 'fainted'"),
    Broken(
        "protocol_targets",
        OF_VIOLENCE,
        "  beating:",
        "  stalking:",
        "no kind 'stalking'",
    ),
    Broken(
        "threads",
        FEW,
        'tells: "vivo lejos"',
        'other: "vivo lejos", topic: nada',
        "is no other topic",
    ),
    Broken("unused_fact", FACTS, "", IDLE_FACT, "1 that nothing cites: idle", Severity.WARNING),
    Broken("unused_contact", CONTACTS, "", IDLE_CONTACT, "idle: nothing names it", Severity.WARNING),
]


def test_the_tiny_tree_is_sound(tiny: Knowledge, today: date) -> None:
    assert lint(tiny, today) == []


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: f"{broken.rule}: {broken.says}")
def test_a_broken_example_is_caught(broken: Broken, edit: Callable[[str, str, str], Path], today: date) -> None:
    root = edit(broken.file, broken.old, broken.new)
    found = [problem for problem in lint(load_knowledge(root), today) if problem.rule == broken.rule]
    assert {problem.severity for problem in found if broken.says in problem.message} == {broken.severity}, found


def test_every_rule_has_a_broken_example_and_its_own_file() -> None:
    names = [rule.__module__.rpartition(".")[2] for rule in (*RULES, *ADVICE)]
    assert sorted(names) == sorted({broken.rule for broken in BROKEN})
    rules = Path(str(RULES[0].__globals__["__file__"])).parent
    helpers = {"__init__", "digits", "protocol_texts", "references", "spots"}
    assert {path.stem for path in rules.glob("*.py")} == {*names, *helpers}


FINE = [
    "según un informe de 2018 y el programa 2007-2012",
    "empezó en mayo de 2025",
    "lleve 2 fotos y 10 copias; abre las 24 horas, 24/7",
    "pida la forma I-130 o la DS-160 y el formato OP-7",
    "vacuna contra COVID-19; prueba A1C; artículo 36",
    "el programa México te abraza y el dicho «tú puedes»",
    "vea ConsulApp Contigo",
    "nadie puede garantizarle una visa",
    "si usted califica, le dan la cita",
    "desconfíe de quien le garantiza una cita",
    "es un trámite de la que se trata",
]


@pytest.mark.parametrize("text", FINE)
def test_what_may_be_said(text: str, edit: Callable[[str, str, str], Path], today: date) -> None:
    assert lint(load_knowledge(edit(CARD, WHAT, f"{text}. L{WHAT[1:]}")), today) == []


def test_a_missing_phrases_file_and_a_stray_one(tree: Path, today: date) -> None:
    (tree / "training/phrases/line.yaml").rename(tree / "training/phrases/lines.yaml")
    text = (tree / "training/phrases/lines.yaml").read_text(encoding="utf-8")
    (tree / "training/phrases/lines.yaml").write_text(text.replace("topic: line", "topic: lines"), encoding="utf-8")
    said = [str(problem) for problem in lint(load_knowledge(tree), today)]
    assert said == [
        "content/topics/line.yaml:1: error: line: has no training/phrases/line.yaml [phrases]",
        "training/phrases/lines.yaml:1: error: lines: no topic is called 'lines' [phrases]",
    ]


def test_a_problem_knows_its_line(edit: Callable[[str, str, str], Path], today: date) -> None:
    root = edit(CARD, "    sources: [card-fee]", "    sources:\n      - card-fee\n      - nowhere")
    edit(FACTS, "la primera semana", "'066'")
    edit(PAPERS, "Guarda credenciales.", "Cuesta 3 pesos.")
    lines = {problem.rule: problem.place for problem in lint(load_knowledge(root), today)}
    wrong = (root / CARD).read_text(encoding="utf-8").splitlines().index("      - nowhere") + 1
    blocked = (root / FACTS).read_text(encoding="utf-8").splitlines().index("  value: '066'") + 1
    assert lines == {
        "unknown_reference": f"{CARD}:{wrong}",
        "blocked_number": f"{FACTS}:{blocked}",
        "typed_number": "content/cards/papers.yaml:4",
    }


def test_content_is_used_only_where_it_is_sound(
    edit: Callable[[str, str, str], Path], monkeypatch: pytest.MonkeyPatch, today: date
) -> None:
    monkeypatch.setattr("knowledge.checked.ROOT", edit(CARD, "next: [line]", ""))
    assert load_checked.__wrapped__(today).topics["card"].next == ()  # a warning informs
    edit(CARD, "ask: [help-us, help-mx]", "ask: [nobody]")
    edit(CARD, "aspect: cost", "aspect: what")
    with pytest.raises(ContentError) as stopped:
        load_checked.__wrapped__(today)
    assert {problem.rule for problem in stopped.value.problems} == {"unknown_reference", "one_aspect"}


def test_a_blocked_number_that_meets_across_a_placeholder(edit: Callable[[str, str, str], Path], today: date) -> None:
    root = edit(FACTS, "la primera semana", "el 855 463")
    edit(CARD, "La semana es {card-week}.", "Es {card-week} 63 95.")
    [problem] = lint(load_knowledge(root), today)
    assert problem.rule == "blocked_number"
    assert problem.message.startswith("card.sections.2.text.es")


def test_a_declared_phrase_may_stand_under_both_of_its_topics(
    edit: Callable[[str, str, str], Path], today: date
) -> None:
    edit("content/ambiguous.yaml", "[papel, mi papel]", "[¿qué es la credencial?]")
    root = edit("training/phrases/line.yaml", "[a donde llamo]", "[a donde llamo, que es la credencial]")
    assert lint(load_knowledge(root), today) == []


def test_the_start_does_not_wait_for_advice(
    edit: Callable[[str, str, str], Path], monkeypatch: pytest.MonkeyPatch, today: date
) -> None:
    monkeypatch.setattr("knowledge.checked.ROOT", edit(CARD, "next: [line]", ""))
    monkeypatch.setattr("knowledge.lint.readability._scorer", lambda: pytest.fail("measured at the start"))
    load_checked.__wrapped__(today)


def test_sound_content_is_linted_once_also_on_later_days(
    edit: Callable[[str, str, str], Path], monkeypatch: pytest.MonkeyPatch, today: date
) -> None:
    monkeypatch.setattr("knowledge.checked.ROOT", edit(CARD, "next: [line]", ""))
    asked: list[date] = []
    monkeypatch.setattr("knowledge.checked.lint", lambda _, day, rules: asked.append(day) or [])
    load_checked.__wrapped__(today)
    load_checked.__wrapped__(today)
    load_checked.__wrapped__(today + timedelta(days=1))
    assert asked == [today]
    edit(CARD, WHAT, f"{WHAT} o no")
    load_checked.__wrapped__(today)
    assert asked == [today, today]


def test_what_is_wrong_is_said_at_every_start(
    edit: Callable[[str, str, str], Path], monkeypatch: pytest.MonkeyPatch, today: date
) -> None:
    monkeypatch.setattr("knowledge.checked.ROOT", edit(CARD, "aspect: cost", "aspect: what"))
    for _ in range(2):
        with pytest.raises(ContentError):
            load_checked.__wrapped__(today)
