"""What puts us right, or fits nothing in a thread, read by itself and with what was asked before, of all that we know.

Before it is said that nothing was found; what was given last, or is denied, is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.conversation import Kind, Outcome, TopicScore, Turn
from bot.dialogue.bearing.answering import choose_next
from bot.dialogue.bearing.situations import denied_alone
from bot.dialogue.excerpts.quoting import first_sentence, quoted
from bot.dialogue.excerpts.replies import told
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.audience import closed
from bot.dialogue.ranking.context import comes_back, named_in
from bot.dialogue.ranking.section_table import keys_of_word
from bot.dialogue.ranking.section_words import covered, said_in
from bot.dialogue.ranking.sections import ASKED_FOR, barred_by
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.refuge import is_closed
from bot.dialogue.thread.complaints import Complaint, complaint_in, correction_in
from bot.dialogue.thread.own_words import wants_before
from bot.dialogue.thread.stays import is_denied
from bot.dialogue.understanding import ANSWER, EACH, MARGIN, Understanding, by_itself
from bot.dialogue.words.aspects import aspects_in
from bot.dialogue.words.beyond import beyond
from bot.dialogue.words.questions import asks
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.topics import Aspect, Section, Topic

WIDE = frozenset({Aspect.WHAT, Aspect.HOW, Aspect.WHO})
"""Sections that speak of a matter as a whole."""
WHOLE = 3
"""Words for a subject from which a complaint asks something by itself."""
SPOKEN, SPEAKS = 0.5, 0.2
"""Share of what is asked that another topic has to speak of, and where it is read with what was asked before."""
NAME = 4
"""Words up to which a clause only names what is spoken of."""
SURELY = 0.9
"""Likelihood from which a name alone says what is spoken of."""
WITHOUT = frozenset({"sin", "without"})
"""Words behind which a paper stands that one asks to do without."""
SURER = 0.1
"""How much likelier another reading has to be than one that may answer, to go before it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is answered: of a section only `text`, where the rest was given."""

    topic: Topic
    section: Section
    text: str | None
    score: float


def rather_answered(turn: Turn, hearing: Hearing) -> Turn:
    """The turn; where it asks which is meant, or finds nothing, the answer to the same asked again."""
    admits = turn.reading.outcome is Outcome.FALLBACK or turn.conversation.weak > hearing.conversation.weak
    if not (admits or turn.reading.outcome is Outcome.CLARIFY) or not _is_calm(hearing):
        return turn
    asked = correction_of(hearing)
    if asked is None or beyond(asked.asks, hearing.knowledge) is not None:
        return turn
    found = next(_readings(asked, hearing), None)
    return _told(found, asked, hearing) if found is not None else turn


def put_right_again(hearing: Hearing) -> Turn | None:
    """The answer to what puts us right, where it was read as what was given, or denied, or as something less likely."""
    knowledge, understood = hearing.knowledge, hearing.understood
    asked = correction_of(hearing)
    if asked is None or understood.there or not hearing.conversation.places or not _is_calm(hearing):
        return None
    best = next(iter(understood.topics), None)
    few = len(said_in(asked.asks, ranker_of(knowledge), knowledge)) < WHOLE
    # A word or two beside a complaint were read without what was asked before.
    bare = few and complaint_in(hearing.text, knowledge) is not None
    fits = understood.fits or not asked.denies  # what is left where the rest is denied may be of nothing that is asked
    stands = best is not None and understood.clear and fits and not bare and not _is_out(best, asked, hearing)
    # A paper that one asks to do without is not what is asked for.
    papers = knowledge.follow_ups.gives if stands and WITHOUT & {*fold(asked.asks).split()} else ()
    for found in (one for one in _readings(asked, hearing) if one.topic.id not in papers):
        surer = best is None or found.score >= best.score + SURER
        another = best is None or found.topic.id != best.topic or not understood.goes_on
        if not stands or comes_back(hearing.text, knowledge) or (surer and another and asked.surely):
            return _told(found, asked, hearing)
    return None


def correction_of(hearing: Hearing) -> Complaint | None:
    """What a message puts right; nothing is put right before anything was said."""
    return correction_in(hearing.text, hearing.knowledge) if hearing.conversation.heard[:-1] else None


def place_of(score: TopicScore) -> str:
    """A topic and a section in one word."""
    return f"{score.topic}/{score.section}"


def _is_calm(hearing: Hearing) -> bool:
    state = hearing.conversation
    urgent = hearing.danger or hearing.check or state.checking or any(not one.over for one in state.told)
    return not urgent and hearing.foreign is None and hearing.message.kind is Kind.TEXT


def _is_out(best: TopicScore, asked: Complaint, hearing: Hearing) -> bool:
    """Whether it was given last, or said to answer something else, or is denied."""
    if is_closed(best.topic, hearing) or is_denied(best.topic, asked.asks, asked.denies, hearing.knowledge):
        return True
    return best.section in _out_of(hearing.knowledge.topics[best.topic], asked, hearing)


def _out_of(topic: Topic, asked: Complaint, hearing: Hearing) -> frozenset[str]:
    """The sections of a topic that are no answer: given, denied, for others."""
    state = hearing.conversation
    given = (name.partition("/") for name in (*state.barred, *state.places[-1:]))
    return _shut(topic, asked, hearing) | {section for name, _, section in given if name == topic.id}


def _shut(topic: Topic, asked: Complaint, hearing: Hearing) -> frozenset[str]:
    """The sections of which nothing is said: denied, for others."""
    knowledge, state = hearing.knowledge, hearing.conversation
    told = (asked.asks, *(one.text for one in state.heard[:-1]))
    out = barred_by(asked.denies, topic, knowledge) | denied_alone(topic, asked.denies, told, knowledge)
    return closed(topic, state, hearing.text, knowledge) | out


def _readings(asked: Complaint, hearing: Hearing) -> Iterator[Found]:
    """What is asked by itself, if it says enough, then with what was asked before: what it surely means."""
    knowledge = hearing.knowledge
    said, named = said_in(asked.asks, ranker_of(knowledge), knowledge), _named(asked, hearing)
    for text in _texts(asked, hearing):
        alone = text == asked.asks
        read = by_itself(text, knowledge)
        best = _surest(read, asked, hearing) if read.everyday is None else None
        if best is None or (named is not None and best.topic != named):
            continue
        if covered(said, knowledge.topics[best.topic], knowledge) >= (SPOKEN if alone else SPEAKS):
            yield _found(best, asked, hearing)


def _surest(read: Understanding, asked: Complaint, hearing: Hearing) -> TopicScore | None:
    """The likeliest, unless nothing is left of it; where that is out, and not surely meant, the next one."""
    left, least = list(read.topics), EACH
    if left and left[0].score >= EACH and _is_spent(left[0], asked, hearing):
        return None
    if left and left[0].score < EACH and _is_out(left[0], asked, hearing):
        left, least = [one for one in left if not _is_out(one, asked, hearing)], ANSWER
    lead = left[0].score - (left[1].score if len(left) > 1 else 0.0) if left else 0.0
    return left[0] if left and left[0].score >= least and lead >= MARGIN else None


def _named(asked: Complaint, hearing: Hearing) -> str | None:
    """The topic of which a correction says that it asks, before what it asks: "hablo de la cartilla, si no tengo …"."""
    subject, _, rest = asked.asks.partition(". ")
    read = by_itself(subject, hearing.knowledge)
    names = rest and len(subject.split()) <= NAME and read.clear and read.best >= SURELY
    return read.topics[0].topic if names else None


def _texts(asked: Complaint, hearing: Hearing) -> list[str]:
    """What is asked, alone if it says enough, and behind what was asked before: of the same, last, first, all."""
    knowledge, wants = hearing.knowledge, wants_before(hearing)
    ranker = ranker_of(knowledge)
    said = said_in(asked.asks, ranker, knowledge)
    keys = frozenset[str]().union(*(word.keys for word in said))
    of_it = [one for one in wants[:-1] if any(word.keys & keys for word in said_in(one, ranker, knowledge))]
    wants = [_beside(one, asked.denies, knowledge) for one in wants]
    if comes_back(hearing.text, knowledge):
        return [f"{one}. {asked.asks}" for one in of_it[-1:]]
    before = dict.fromkeys((*of_it[-1:], *wants[-1:], *wants[:1], ". ".join(wants)))
    joined = [f"{one}. {asked.asks}" for one in before if one]
    if len(said) < WHOLE:
        return [asked.asks, *joined] if _names_another(asked, hearing) else joined
    # What only tells a fact says little of what is asked.
    tells = not (asks(asked.asks, knowledge) or aspects_in(asked.asks, knowledge))
    return [*joined, asked.asks] if tells else [asked.asks, *joined]


def _names_another(asked: Complaint, hearing: Hearing) -> bool:
    """Whether it names what is meant, and that is not what was given last: then nothing of before stands with it."""
    knowledge, (last, *_) = hearing.knowledge, hearing.conversation.places[-1:] or ("",)
    read = by_itself(asked.asks, knowledge)
    names = named_in(asked.asks, ranker_of(knowledge), knowledge)
    named = read.topics[0].topic if read.clear else None
    term = (
        read.term is not None and hearing.conversation.topic is not None
    )  # behind a list of events it is whose they are
    return read.clear and (term or named in names) and named != last.partition("/")[0]


def _beside(want: str, denies: str, knowledge: Knowledge) -> str:
    """What was asked before, without the words that are denied now: "my grandparents were mexican"."""
    ranker = ranker_of(knowledge)
    out = frozenset[str]().union(*(word.keys for word in said_in(denies, ranker, knowledge)))
    return " ".join(one for one in want.split() if keys_of_word(fold(one), knowledge).isdisjoint(out))


def _is_spent(best: TopicScore, asked: Complaint, hearing: Hearing) -> bool:
    return _is_out(best, asked, hearing) and _found_or_none(best, asked, hearing) is None


def _found(best: TopicScore, asked: Complaint, hearing: Hearing) -> Found:
    topic = hearing.knowledge.topics[best.topic]
    return _found_or_none(best, asked, hearing) or Found(topic, topic.section_or_first(best.section), None, best.score)


def _found_or_none(best: TopicScore, asked: Complaint, hearing: Hearing) -> Found | None:
    """Of a topic what was not given: what was asked last, the section that is meant, another one, else sentences."""
    knowledge, topic = hearing.knowledge, hearing.knowledge.topics[best.topic]
    if is_closed(topic.id, hearing) or is_denied(topic.id, asked.asks, asked.denies, knowledge):
        return None
    out = _out_of(topic, asked, hearing)
    if section := _asked_last(topic, asked, out, hearing):
        return Found(topic, section, None, best.score)
    section = topic.section_or_first(best.section)
    text = _sentences(section, asked, hearing)
    if section.id not in out:
        again = f"{topic.id}/{section.id}" in hearing.conversation.places and asks(asked.asks, knowledge)
        return Found(topic, section, text if again else None, best.score)
    other = choose_next(topic, asked.asks, aspects_in(asked.asks, knowledge), None, knowledge, out)
    if other.fits and not other.gap and other.section not in out:
        return Found(topic, topic.section_or_first(other.section), None, best.score)
    shut = section.id in _shut(topic, asked, hearing)
    if text and not shut:
        return Found(topic, section, text, best.score)
    wide = next((one for one in topic.sections if one.aspect in WIDE and one.id not in out), None)
    meant = best.score >= SURELY and (shut or section.aspect in WIDE)
    return Found(topic, wide, None, best.score) if wide is not None and meant else None


def _sentences(section: Section, asked: Complaint, hearing: Hearing) -> str | None:
    """Those that speak of what is asked, else of its end, where they are more than the beginning once more."""
    parts = (asked.asks, asked.asks.rpartition(". ")[2])
    text = next(filter(None, (quoted(section, replace(hearing, text=part)) for part in parts)), None)
    return text if text and not text.startswith(first_sentence(section, hearing.lang)) else None


def _asked_last(topic: Topic, asked: Complaint, out: frozenset[str], hearing: Hearing) -> Section | None:
    """The section for what was asked last, where only its subject is put right: "i meant the patient going back"."""
    knowledge = hearing.knowledge
    if aspects_in(asked.asks, knowledge) or asks(asked.asks, knowledge):
        return None
    last = [one for one in aspects_in(next(iter(wants_before(hearing)[-1:]), ""), knowledge) if one in ASKED_FOR]
    found = next((one for one in topic.sections if one.aspect in last and one.id not in out), None)
    bare = len(said_in(asked.asks, ranker_of(knowledge), knowledge)) < WHOLE and _names_another(asked, hearing)
    return found or (_alike(topic, out, hearing) if bare else None)


def _alike(topic: Topic, out: frozenset[str], hearing: Hearing) -> Section | None:
    """Of a topic that is only named: the section of the aspect that was shown of the other one, else the first."""
    other, _, shown = next(iter(hearing.conversation.places[-1:]), "").partition("/")
    given = hearing.knowledge.topics.get(other)
    aspect = given.section_or_first(shown).aspect if given is not None else None
    left = [one for one in topic.sections if one.id not in out]
    return next((one for one in left if aspect is not None and one.aspect is aspect), next(iter(left), None))


def _told(found: Found, asked: Complaint, hearing: Hearing) -> Turn:
    heard = replace(hearing, text=asked.asks, understood=by_itself(asked.asks, hearing.knowledge))
    return told(found.topic, found.section, found.text, heard)
