"""Properties of the walk, whatever is said: nothing is lost, nothing is said to a reader, nothing is said twice."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import Conversation, DeletionConfirmed, InboundMessage, Kind, OpenDanger, Outcome, Situation
from bot.conversation.person import Known
from bot.dialogue.engine import take_turn
from bot.dialogue.protocols.book import Facts, ask_of, care_of, first_words
from bot.dialogue.protocols.readings import readings_in
from bot.dialogue.rendering.danger import LATER_WORDS, MOST_NUMBERS, Speech, bubble, words_in
from knowledge.model import Knowledge
from knowledge.schema.base import Level
from tests.support.content import content
from tests.support.danger_talk import BEGINS, DangerTalk

FIRST_WORDS, FIRST_MINOR, REPLY_WORDS, MAY_READ = 45, 40, 90, 25
PHONE_WORDS = 9
"""Words in which a number may be said beyond the one that stands for it: its name, its digits, its country (P5)."""
SPOKEN = (
    "gracias", "ok", "ya", "listo", "bueno", "si", "no", "no se", "ya se calmo", "esta en la casa",
    "ya me siento mejor",
    "no me siento mal", "ya llame", "ya vienen", "se durmio", "pidio perdon", "era broma jaja", "olvidelo", "?",
    "cuanto cuesta el pasaporte", "donde esta el consulado en dallas", "quiero hablar con una persona", "hola",
    "tengo miedo de la migra", "no tengo saldo", "no tengo señal", "estoy en tijuana", "soy de honduras",
    "im in fresno",
    "thanks", "nevermind", "he's asleep now", "what about my passport", "can you send somebody", "nobody came",
)  # fmt: skip
OPENED = ("mi esposo me acaba de golpear", "nos tienen encerrados y piden dinero", "me tome todas las pastillas")
TO_READER = (
    "que te dijo mi mujer",
    "conteste",
    "quien es usted",
    "hola",
    "911",
    "cuanto cuesta la visa",
    "ayuda",
    "menu",
)

ASKS_FOR_HELP = (
    "con quien puedo hablar", "con quien hablo", "a quien llamo", "quien me puede ayudar", "a que numero marco",
    "y el 079", "cual es el numero", "que le digo al 911", "quien me ayuda", "a donde voy", "puedo ir a la policia",
    "quien es usted", "que es esto", "esto es de verdad", "no vienen", "y mi hijo", "quiero hablar con alguien",
    "me puede llamar alguien", "es un robot?", "who can help me", "who do i call", "what number", "are you there",
    "hay alguien ahi", "necesito hablar con una mujer", "estoy en la casa de mi vecina", "mi hijo esta aqui conmigo",
    "mi vecina esta aqui conmigo", "viene mi hermano por mi", "no se con quien ir", "who am i talking to",
    "can i talk to a woman", "is this real", "they are not coming", "y la cruz roja", "con quien me comunico",
)  # fmt: skip


def _talk() -> DangerTalk:
    """Not a fixture, so that no failing example prints all content."""
    return DangerTalk(content())


COUNTRIES = (None, "US", "MX", "CA", "ES")


@settings(max_examples=25)
@given(first=st.sampled_from(OPENED), rest=st.lists(st.sampled_from(SPOKEN), max_size=6))
def test_an_open_danger_is_never_lost_without_an_explicit_end(first: str, rest: list[str]) -> None:
    talk = _talk()
    talk.say(first)
    for message in rest:
        talk.say(message)
        assert talk.state.danger is not None
        ends = talk.knowledge.protocols[talk.state.danger.kind or talk.state.danger.category].end
        explicit = readings_in(message, talk.knowledge) & {*ends.over, *ends.handed}
        assert talk.state.in_danger or explicit, message


@settings(max_examples=25)
@given(rest=st.lists(st.sampled_from(SPOKEN), min_size=1, max_size=8))
def test_no_line_is_said_twice(rest: list[str]) -> None:
    talk, seen = _talk(), set[str]()
    for message in (OPENED[0], *rest):
        for reply in talk.say(message):
            repeated = talk.state.danger is not None and talk.state.danger.reader != "none"
            again = talk.decision is not None and talk.decision.why == "all was said"
            assert reply.text not in seen or repeated or again, message
            seen.add(reply.text)


def _reading(knowledge: Knowledge) -> DangerTalk:
    talk = DangerTalk(knowledge)
    for message in ("mi marido me pego y me encerre", "ya viene luego escribo", "con quien esta hablando mi mujer"):
        talk.say(message)
    return talk


@pytest.mark.parametrize("message", TO_READER)
def test_nothing_but_reading_is_said_to_a_reader(knowledge: Knowledge, message: str) -> None:
    talk = _reading(knowledge)
    assert talk.state.danger is not None
    assert talk.state.danger.reader == "reading"
    said = "\n".join(reply.text for reply in talk.say(message))
    lines = knowledge.lines.said
    assert said in {clause.say(lang) for clause in lines["reading"] for lang in ("es", "en")} or message == "ayuda"


@pytest.mark.parametrize("first", ["me violaron anoche", "nos tienen encerrados en una casa", "my boyfriend hit me"])
def test_who_asks_for_help_is_not_taken_for_who_reads(first: str, knowledge: Knowledge) -> None:
    talk = DangerTalk(knowledge)
    talk.say(first)
    opened, taken = talk.state, dict[str, str]()
    for message in ASKS_FOR_HELP:
        talk.state = opened
        talk.say(message)
        assert talk.state.danger is not None
        if talk.state.danger.reader != "none":
            taken[message] = talk.state.danger.reader
    assert not taken


@pytest.mark.parametrize("command", ["/privacidad", "/privacy", "/menu", "/idioma", "/persona", "/ayuda", "/start"])
def test_no_command_but_leaving_and_erasing_acts_while_somebody_reads(knowledge: Knowledge, command: str) -> None:
    talk = _reading(knowledge)
    neutral = {clause.say(lang) for clause in knowledge.lines.said["reading"] for lang in ("es", "en")}
    turn = take_turn(talk.state, _message(command), knowledge, talk.now)
    assert {reply.text for reply in turn.replies} <= neutral


def test_an_erasing_without_its_question_says_so_to_who_keeps_the_words_of_operators(knowledge: Knowledge) -> None:
    def erased(*texts: str) -> bool:
        state, turn = Conversation(), None
        for number, text in enumerate((*texts, "/borrar", "si")):
            told = InboundMessage("test", str(number), "a", Kind.TEXT, BEGINS, text=text)
            turn = take_turn(state, told, knowledge, BEGINS)
            if confirmed := [one for one in turn.events if isinstance(one, DeletionConfirmed)]:
                return confirmed[0].unasked
            state = turn.conversation
        raise AssertionError("nothing was erased")

    assert erased("mi marido me pego y me encerre", "ya viene luego escribo")
    assert not erased("mi marido me pego y me encerre")


@pytest.mark.parametrize("command", ["/salir", "/borrar"])
def test_leaving_and_erasing_act_while_somebody_reads(knowledge: Knowledge, command: str) -> None:
    talk = _reading(knowledge)
    turn = take_turn(talk.state, _message(command), knowledge, talk.now)
    assert turn.reading.outcome in (Outcome.COMMAND, Outcome.QUESTION)


@pytest.mark.parametrize("cry", ["ayuda", "help me", "help me 我迷路了在沙漠里没有水"])
def test_a_cry_in_an_open_danger_is_no_wish_for_the_menu(knowledge: Knowledge, cry: str) -> None:
    talk = DangerTalk(knowledge)
    talk.say("estoy perdido en el desierto sin agua")
    turn = take_turn(talk.state, _message(cry), knowledge, talk.now)
    assert turn.reading.outcome is Outcome.URGENT
    assert not any(reply.choices for reply in turn.replies)


def _message(text: str) -> InboundMessage:
    return InboundMessage("test", "9", "a", Kind.TEXT, BEGINS, text=text)


def _cases(knowledge: Knowledge) -> Iterator[tuple[str, OpenDanger, Facts]]:
    for protocol in knowledge.protocols.values():
        for who in ("own", "other", "both", "unknown"):
            for country in COUNTRIES:
                for minor in (False, True):
                    danger = OpenDanger(
                        category=protocol.of,
                        kind=None if protocol.general else protocol.id,
                        level=Level.CRITICAL,
                        who=who,
                        opened_at=BEGINS,
                        heard_at=BEGINS,
                    )
                    facts = Facts(danger_at=country, writer_at=country, minor=minor)
                    yield f"{protocol.id} {who} {country} {'minor' if minor else ''}", danger, facts


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_kind_is_said_within_its_sizes(knowledge: Knowledge, lang: str) -> None:
    wrong = []
    for name, danger, facts in _cases(knowledge):
        speech = Speech(facts, knowledge, lang, BEGINS.date())  # type: ignore[arg-type]
        numbers: list[str] = []
        one, two = (bubble(ids, speech, numbers) for ids in first_words(danger, facts, knowledge))
        if one is None:
            wrong.append(f"{name}: nothing is said")
            continue
        most = FIRST_MINOR if facts.minor else FIRST_WORDS
        if facts.far is None and lang == "es" and words_in(one.text) > most + PHONE_WORDS * len(set(numbers)):
            wrong.append(f"{name}: {words_in(one.text)} words in the first bubble")
        if len(set(numbers)) > MOST_NUMBERS:
            wrong.append(f"{name}: {len(set(numbers))} numbers")
        if words_in(one.text) + (words_in(two.text) if two else 0) > REPLY_WORDS:
            wrong.append(f"{name}: {words_in(one.text)} + {words_in(two.text) if two else 0} words")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_later_line_is_said_within_its_sizes(knowledge: Knowledge, lang: str) -> None:
    wrong = set()
    for name, danger, facts in _cases(knowledge):
        if not knowledge.protocols[danger.kind or danger.category].holds_in(facts.danger_at):
            continue
        ask = ask_of(danger, knowledge)
        for text_id, _ in care_of(danger, knowledge):
            numbers: list[str] = []
            speech = Speech(facts, knowledge, lang, BEGINS.date())  # type: ignore[arg-type]
            said = bubble([text_id, *([ask[0]] if ask else [])], speech, numbers)
            words = words_in(said.text) if said else 0
            if words > LATER_WORDS or len(set(numbers)) > MOST_NUMBERS:
                wrong.add(f"{name} {text_id}: {words} words, {len(set(numbers))} numbers")
    assert not wrong, "\n".join(sorted(wrong))


def test_every_kind_has_brief_words_for_behind_another_but_who_reads(knowledge: Knowledge) -> None:
    bare = {name for name, one in knowledge.protocols.items() if not (one.brief or one.general)}
    assert bare == {"watched"}  # P8: nothing tells a reader what is known


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_child_is_never_sent_to_the_refuges_line(knowledge: Knowledge, lang: str) -> None:
    refuges = {*knowledge.triage.numbers["dv"].values()} - {"sheltersafe-ca"}
    for name, danger, facts in _cases(knowledge):
        if not facts.minor:
            continue
        for text_id in (*first_words(danger, facts, knowledge)[0], *(one for one, _ in care_of(danger, knowledge))):
            numbers: list[str] = []
            bubble([text_id], Speech(facts, knowledge, lang, BEGINS.date()), numbers)  # type: ignore[arg-type]
            assert refuges.isdisjoint(numbers), f"{name} {text_id}"


def test_no_captives_line_is_said_to_a_helper(knowledge: Knowledge) -> None:
    own = {clause.es for protocol in knowledge.protocols.values() if protocol.other for clause in protocol.first}
    for name, danger, facts in _cases(knowledge):
        if danger.who == "other" and knowledge.protocols[danger.kind or danger.category].other:
            speech = Speech(facts, knowledge, "es", BEGINS.date())
            said = bubble(first_words(danger, facts, knowledge)[0], speech, [])
            assert said is not None, name
            assert said.text not in own, name


def test_the_last_word_on_the_country_counts(knowledge: Knowledge) -> None:
    talk = DangerTalk(knowledge)
    talk.state = talk.state.having(situation=Situation(country=Known(value="US")))
    talk.say("mi esposo me acaba de golpear")
    talk.say("estoy en tijuana")
    assert talk.state.danger is not None
    assert talk.state.danger.danger_at == "MX"
