"""What follows a help text: the conversation stays with the danger, unless another matter is clearly asked about."""

from dataclasses import replace

from bot.conversation import CaseNeeded, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.calendar.answer import answer_calendar
from bot.dialogue.calendar.words import asked_in
from bot.dialogue.commands import command_in, open_question, person_line
from bot.dialogue.danger.alike import only_alike
from bot.dialogue.danger.another_matter import (
    ANOTHER,
    FOR_NUMBERS,
    NO_MATTER,
    SURELY,
    asks_besides,
    asks_unknown,
    is_another_matter,
    is_asked,
    only_fears,
    surely_another,
    told_before_asking,
    within,
)
from bot.dialogue.danger.care import (
    gives_numbers,
    holds_on,
    line_follows,
    line_framed,
    line_next,
    line_sure,
    line_told,
    makes_move,
    phase_told,
)
from bot.dialogue.danger.help_numbers import care_numbers, help_numbers
from bot.dialogue.danger.help_text import is_helper
from bot.dialogue.danger.matter import LEADS, MAYBE, asked_apart, asks_plainly, is_own_matter, leads_back, own_matter
from bot.dialogue.danger.meant import STILL_FOR, told_again, told_within
from bot.dialogue.danger.moves import END, OWN_SAFETY, SURE
from bot.dialogue.danger.remembered import case_of, in_phase, told_of, with_told
from bot.dialogue.danger.turns import FEW_WORDS
from bot.dialogue.excerpts.nearest import unshown_section
from bot.dialogue.hearing import Hearing
from bot.dialogue.in_danger.line_said import behind_number, heard_as, open_beside, say_line
from bot.dialogue.topics import answer_topic, clarify
from bot.dialogue.understanding import by_itself
from bot.dialogue.words.afterwards import means
from bot.dialogue.words.aspects import aspects_in
from bot.dialogue.words.talk import smalltalk_in
from knowledge.schema.base import Level
from knowledge.schema.urgent import Category

SAFE = "safe-now"
"""The question of the safety flow."""
ALONE = 0.5
"""Likelihood from which a question by itself is answered rather than said to be unknown."""
BARE = frozenset({"bare-answer", "no", "laugh"})
"""Small talk that is an answer to what we asked, or no joke after what was told."""


def lately_told(hearing: Hearing) -> Category | None:
    """The danger that the conversation is still about."""
    return next(iter(_open(hearing)), None)


def run_command_in_danger(hearing: Hearing) -> Turn | None:
    """`help` and `person` after a help text: not the list of commands, and never without the number."""
    category = lately_told(hearing)
    command = command_in(hearing.text, hearing.knowledge)
    if category is None or command not in ("help", "person"):
        return None
    if command == "help":
        return _next_line(hearing, category)
    asked = CaseNeeded(reason="person", level=Level.PRIORITY)
    said = (Reply(ReplyKind.HELP, person_line(hearing)), help_numbers(hearing, category))
    return hearing.turn(Outcome.COMMAND, *said, *open_question(hearing), events=(asked,))


def answer_surely_in_danger(hearing: Hearing) -> Turn | None:
    """What is surely told of an open danger, before what else its words ask for: a consulate that is not theirs."""
    category = lately_told(hearing)
    line = line_sure(hearing, category) if category is not None else None
    return say_line(hearing, category, line) if category is not None and line is not None else None


def calendar_in_calm(hearing: Hearing) -> Turn | None:
    """The calendar's turn; after a help text only where nothing but the calendar is asked: "hace 8 años" is no date."""
    if lately_told(hearing) is None:
        return answer_calendar(hearing)
    asked = asked_in(hearing.text, hearing)
    return answer_calendar(hearing) if asked.named or asked.kinds else None


def go_on_in_danger(hearing: Hearing) -> Turn | None:
    """The danger whose help text was given, told on: what helps next, and its case hears of it."""
    danger = told_again(hearing)
    if danger is None or (danger.level is Level.PRIORITY and is_another_matter(hearing)):
        return None  # how a body is brought home is a question, too, and its answer is the help
    category = hearing.knowledge.categories[danger.category]
    hearing = _in_phase(hearing, category)
    told = told_of(hearing, category)
    level = min(told.level, danger.level, key=lambda one: one.rank)
    hearing = with_told(hearing, told.model_copy(update={"aside": False, "level": level}))
    turn = _fitting(hearing, category) or _next_line(hearing, category)
    turn = turn if turn.replies[0].kind is ReplyKind.CARE else behind_number(turn, hearing, category)
    reading = replace(turn.reading, outcome=Outcome.URGENT)
    return replace(turn, reading=reading, events=(*turn.events, case_of(danger, hearing.conversation)))


def stay_with_danger(hearing: Hearing) -> Turn | None:
    """What follows a help text and is no clear question of its own is about the danger: never clarify or fallback."""
    category = lately_told(hearing)
    if category is None or _is_left(hearing, category):
        return None
    hearing = _in_phase(hearing, category)
    gentle, free = category.check_no is not None, is_free(hearing, category)
    talk = smalltalk_in(hearing.text, hearing.knowledge)
    courtesy = talk is not None and talk.id not in BARE and not holds_on(hearing, category)
    if courtesy and (not gentle or _said_safe(hearing)):
        return None
    if free and (turn := _answer_apart(hearing, category)):
        return turn
    if _is_bit(hearing, category) or only_alike(hearing, {topic for one in _open(hearing) for topic in one.topics}):
        return _in_danger(hearing, category)
    another = _is_another(hearing, category)
    stays = not (another or (gentle and asks_besides(hearing))) or holds_on(hearing, category)
    if stays and (turn := _fitting(hearing, category)):
        return turn
    if free and is_another_matter(hearing) and hearing.understood.topics[0].topic not in category.topics:
        return _turned_aside(hearing, category)
    return _asked_clearly(hearing, category) or _in_danger(hearing, category)


def _in_danger(hearing: Hearing, category: Category) -> Turn:
    steps = (_fitting, _on_topic, _asked_alone)
    return next(filter(None, (step(hearing, category) for step in steps)), None) or _next_line(hearing, category)


def _on_topic(hearing: Hearing, category: Category) -> Turn | None:
    """The section of what was answered since the help text that answers what is told on: `no me dieron recibo`."""
    section = unshown_section(hearing) if hearing.danger is None and is_free(hearing, category) else None
    return _turned_aside(heard_as(hearing, section), category) if section is not None else None


def _open(hearing: Hearing) -> list[Category]:
    """The dangers that are open, the newest first, each with the topics that fit how far it is."""
    return [in_phase(told, hearing.knowledge) for told in reversed(told_within(hearing, STILL_FOR))]


def _answer_apart(hearing: Hearing, category: Category) -> Turn | None:
    """The answer to another matter that the end of a message plainly asks for, behind the line for what it tells."""
    apart = asked_apart(hearing, category)
    if apart is None or line_framed(apart[1], category) is not None:
        return None  # its end is in words of this danger's own
    told, asked = apart
    line = line_told(told, category) if makes_move(told, SURE) and not makes_move(told, only=OWN_SAFETY) else None
    if line is None or line.section is not None:
        return _turned_aside(asked, category)
    first = say_line(told, category, line)
    asked = asked.with_state(first.conversation)
    turn = _turned_aside(with_told(asked, told_of(asked, category).model_copy(update={"aside": True})), category)
    return turn and replace(turn, replies=(*first.replies, *turn.replies), events=(*first.events, *turn.events))


def _is_left(hearing: Hearing, category: Category) -> bool:
    """Whether the conversation has turned to another matter: then only a word of danger, or a sure move, leads back."""
    if not told_of(hearing, category).aside or not is_free(hearing, category):
        return False
    return not leads_back(hearing, category)


def _is_another(hearing: Hearing, category: Category) -> bool:
    """Whether a message is about a matter that is none of this danger's, whatever line its words would call."""
    if makes_move(hearing, END):
        return False
    if is_asked(hearing):
        left = own_matter(hearing.text, hearing.knowledge) >= LEADS and not hearing.understood.gap
        if left and surely_another(hearing, category):
            return True  # `cómo apostillo un acta`, though a line of this danger speaks of acts
        if line_framed(hearing, category) is not None:
            return False  # its words are those of a line of this danger's own
        if surely_another(hearing, category):
            return True
        line = line_told(hearing, category)
        if line is not None and line.section is not None:
            return False  # an editor said what such a question asks here
        if line is not None and not line.sure and asks_plainly(hearing, category):
            return True  # `lo atiende un hospital sin dinero` speaks of no ransom
    return is_own_matter(hearing) and by_itself(hearing.text, hearing.knowledge).topics[0].topic not in category.topics


def _is_bit(hearing: Hearing, category: Category) -> bool:
    """Whether a message asks and names nothing of its own: a few words, or a move of an open danger."""
    if means("what_now", hearing.text, hearing.knowledge):
        return True
    if is_asked(hearing) or is_own_matter(hearing):
        return False
    alone = by_itself(hearing.text, hearing.knowledge)
    asked = set(aspects_in(hearing.text, hearing.knowledge)) - FOR_NUMBERS
    if asked and (hearing.conversation.topic is not None or (alone.clear and alone.best >= ANOTHER)):
        return False  # of what was answered since the help text, or of another matter
    if alone.clear and alone.best >= SURELY and not makes_move(hearing):
        return False
    few = len(hearing.text.split()) <= FEW_WORDS and not told_of(hearing, category).aside
    return few or makes_move(hearing)


def _asked_clearly(hearing: Hearing, category: Category) -> Turn | None:
    """The answer to a question that is clear, with the report before it or by itself; who wants to die is not left."""
    if not (asks_unknown(hearing) or asks_besides(hearing) or is_own_matter(hearing)):
        return None
    alone = by_itself(hearing.text, hearing.knowledge)
    its_own = alone.best > 0 and alone.topics[0].topic in category.topics
    if not its_own and own_matter(hearing.text, hearing.knowledge) < MAYBE:
        return None
    says_what = len(hearing.text.split()) > NO_MATTER
    heard = (hearing.understood, alone) if says_what else (hearing.understood,)
    if alone.clear and is_own_matter(hearing):
        heard = (alone,)  # the section that a line led to is no thread of it
    likely = sorted((one for one in heard if one.clear), key=lambda one: -one.best)
    if not likely and is_own_matter(hearing):
        likely = [replace(alone, topics=(replace(alone.topics[0], score=1.0),))]
    turn = next(filter(None, (_turned_aside(replace(hearing, understood=one), category) for one in likely)), None)
    if turn is None or is_free(hearing, category):
        return turn
    return replace(turn, replies=(Reply(ReplyKind.CARE, hearing.in_danger("danger.beside")), *turn.replies))


def _asked_alone(hearing: Hearing, category: Category) -> Turn | None:
    """The answer to a question that by itself is sure, before nothing is said to be known of it."""
    alone = by_itself(hearing.text, hearing.knowledge)
    sure = alone.clear and (alone.best >= ALONE or is_own_matter(hearing))
    fits = alone.best >= ANOTHER or not only_alike(hearing, category.topics)
    answers = sure and fits and asks_unknown(hearing) and is_free(hearing, category)
    return _turned_aside(replace(hearing, understood=alone), category) if answers else None


def _in_phase(hearing: Hearing, category: Category) -> Hearing:
    told = told_of(hearing, category)
    tells = [] if is_own_matter(hearing) else [hearing.text]  # a passport that is asked for was not taken
    phase = phase_told(tells, category.id, hearing.knowledge, told.phase)
    return with_told(hearing, told.model_copy(update={"phase": phase}))


def is_free(hearing: Hearing, category: Category) -> bool:
    """Whoever wants to die may ask about something else once they said that they are safe; who helps them, at once."""
    return category.check_no is None or is_helper(hearing, category) or _said_safe(hearing)


def _said_safe(hearing: Hearing) -> bool:
    return hearing.conversation.answers.get(SAFE) == "yes"


def _turned_aside(hearing: Hearing, category: Category) -> Turn | None:
    """Another matter answered; what goes on with it is no longer about the danger, whose number is said once more."""
    told = told_of(hearing, category)
    left = told.aside or is_own_matter(hearing) or is_another_matter(hearing)
    hearing = with_told(hearing, told.model_copy(update={"aside": left}))
    turn = answer_topic(hearing) or clarify(hearing)
    return turn if turn is None or told.aside else behind_number(turn, hearing, category)


def _fitting(hearing: Hearing, category: Category) -> Turn | None:
    """The line for what is told, else the section of the danger's topics that answers what is asked."""
    asks_what_to_do = means("what_now", hearing.text, hearing.knowledge)
    if line := (asks_what_to_do and line_follows(hearing, category)) or line_told(hearing, category):
        asked = is_asked(hearing) and FOR_NUMBERS & set(aspects_in(hearing.text, hearing.knowledge))
        return say_line(hearing, category, line, with_numbers=bool(asked) and not gives_numbers(line))
    if asks_what_to_do or not is_free(hearing, category):
        return None
    for one in _open(hearing) if is_asked(hearing) or is_own_matter(hearing) else ():
        line = line_told(hearing, one)
        if line is not None and line.section is not None:
            return say_line(hearing, one, line)
        if only_fears(hearing):
            continue
        if question := within(hearing, one, told=is_own_matter(hearing)):
            answered = answer_topic(question)
            return answered and behind_number(answered, hearing, one)
    return None


def _next_line(hearing: Hearing, category: Category) -> Turn:
    """What helps next; who asks for a number gets the numbers, too, and who asks what to do no word of not knowing."""
    asked = is_asked(hearing) and FOR_NUMBERS & set(aspects_in(hearing.text, hearing.knowledge))
    told = told_before_asking(hearing)
    line = line_told(told, category) if told is not None else None
    line = line or line_next(hearing, category, asked=told is None and asks_unknown(hearing))
    if line is None:
        return hearing.turn(Outcome.QUESTION, care_numbers(hearing, category), *open_beside(hearing))
    return say_line(hearing, category, line, with_numbers=bool(asked))
