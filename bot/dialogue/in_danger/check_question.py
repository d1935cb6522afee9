"""The check: one short question with the number in it, where we are unsure whether somebody is in danger."""

import re
from dataclasses import replace

from bot.conversation import Choice, Danger, Doubt, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.danger.another_matter import ANOTHER, NO_MATTER, SURELY, is_another_matter, is_asked, within
from bot.dialogue.danger.care import is_heard, line_framed, makes_move
from bot.dialogue.danger.help_text import give_help, of_other
from bot.dialogue.danger.judging import HELP_DYING, SCORER, SHOWN_WORDS, judge, judge_whole, likelihood_of
from bot.dialogue.danger.meant import STILL_FOR, surest_move, told_within
from bot.dialogue.danger.moves import SURE, moves_in
from bot.dialogue.danger.rules import read_rules
from bot.dialogue.danger.turns import FEW_WORDS, together
from bot.dialogue.excerpts.replies import in_brief
from bot.dialogue.hearing import Hearing
from bot.dialogue.in_danger.after_help import lately_told
from bot.dialogue.in_danger.beside_no import answer_as_ordinary, answer_beside_no, begins_with_no, says_none
from bot.dialogue.in_danger.line_said import say_line
from bot.dialogue.person.signals import read_signals
from bot.dialogue.refuge import is_closed
from bot.dialogue.topics import answer_topic, clarify
from bot.dialogue.understanding import ANSWER, by_itself, understand
from bot.dialogue.words.afterwards import denies, means
from bot.dialogue.words.payload import make
from bot.dialogue.words.questions import asks
from bot.dialogue.words.talk import says_bye, smalltalk_in
from bot.texts import say
from knowledge.schema.base import Level
from knowledge.schema.topics import Section, Topic
from knowledge.schema.urgent import Category

NOTHING, SURELY_NOTHING = 0.05, 0.01
"""Likelihood of danger by itself up to which a message says nothing of it, and where it has few words."""
DYING = frozenset({"wants-to-die"})
"""The move of a wish to die."""
FAINT = 0.05
"""Likelihood of that move from which what the scorer alone takes for a wish to die is asked about in another danger."""
MORE = 0.7
"""Likelihood of both messages from which the second is more of a danger in which nobody is feared."""
LISTENING = ("check.listening", "check.again")
"""What is said to who does not answer the question, in turn."""
IF = re.compile(r"\W*si(\s+\w+){2,}", re.IGNORECASE)
"""Before a question, and without an accent or a comma, it is the other word: "si entro ahí, me agarran?"."""


def ask_check(hearing: Hearing) -> Turn | None:
    """One short question with the number in it, where we are unsure whether somebody is in danger."""
    check, talk = hearing.check or _hinted(hearing), smalltalk_in(hearing.text, hearing.knowledge)
    if check is None or (talk is not None and not talk.heeds):
        return None  # the number is in the answer to a bare cry for help
    category = hearing.knowledge.categories[check.category]
    if lately_told(hearing) is not None and not _is_other_wish(check, hearing):
        return None  # the number is there
    if _may_answer(check, hearing):
        return None
    if hearing.conversation.checking == category.id and denies(category.id, hearing.text, hearing.knowledge):
        return None
    if added := _added_to(hearing):
        return confirmed(hearing, added)
    if category.check_no is not None and hearing.conversation.checking == category.id:
        return confirmed(hearing, category.id)  # a wish to die that is doubtful twice is not asked about again
    options = (("yes", say("yes", hearing.lang)), ("no", say("no", hearing.lang)))
    choices = tuple(Choice(label=label, payload=make("k", check.category, option)) for option, label in options)
    other = category.other if of_other(hearing, category.id) else None
    words = other.check if other is not None and other.check is not None else category.check
    if hearing.conversation.minor and category.check_minor is not None:
        words = category.check_minor
    reply = Reply(ReplyKind.CHECK, hearing.fill(words.say(hearing.lang)), choices)
    before = hearing.conversation.doubt
    goes_on = before is not None and not before.closed and before.category == check.category
    texts = (before.text, hearing.text) if before is not None and goes_on else (hearing.text,)
    doubt = Doubt(category=check.category, text=together(texts), last=hearing.text, at=hearing.now)
    # The topic is not opened: a no answers the whole of it.
    beside = _asked_beside(hearing, category)
    replies = (reply,) if beside is None else (reply, in_brief(*beside, hearing))
    return hearing.turn(Outcome.CHECK, *replies, check=check.category, checking=check.category, doubt=doubt)


def _may_answer(check: Danger, hearing: Hearing) -> bool:
    """Whether few words that only the scorer doubts may answer whether somebody wishes to die: no other check."""
    asked = hearing.knowledge.categories.get(hearing.conversation.checking or "")
    if asked is None or asked.check_no is None or check.category == asked.id:
        return False
    return check.rule == SCORER and len(hearing.text.split()) <= FEW_WORDS


def _asked_beside(hearing: Hearing, category: Category) -> tuple[Topic, Section] | None:
    """What the same message asks that is surely ordinary: it does not wait for the answer to the check.

    Where somebody else may read along, nothing is said that is of this danger.
    """
    understood, knowledge = hearing.understood, hearing.knowledge
    if hearing.conversation.topic is None:  # what was told before makes a question no less sure
        understood = max(understood, by_itself(hearing.text, knowledge), key=lambda one: one.clear and one.best)
    if category.check_no is not None or hearing.check is None or not understood.clear or understood.from_context:
        return None
    best = understood.topics[0]
    needed = ANOTHER if asks(hearing.text, knowledge) else SURELY
    if best.score < needed or (category.neutral and best.topic in category.topics) or is_closed(best.topic, hearing):
        return None
    topic = knowledge.topics[best.topic]
    return topic, topic.section_or_first(best.section)


def _is_other_wish(check: Danger, hearing: Hearing) -> bool:
    """Whether a wish to die is told within other dangers: by an expert's words, or as both models hear it.

    Not what a line of these dangers hears.
    """
    categories, text = hearing.knowledge.categories, hearing.text
    open_now = {told.category for told in told_within(hearing, STILL_FOR)}
    if categories[check.category].check_no is None or check.category in open_now:
        return False
    if check.rule == SCORER and sum(moves_in(text, hearing.knowledge).get(move, 0.0) for move in DYING) < FAINT:
        return False
    return not any(is_heard(hearing, categories[name]) for name in open_now)


def _added_to(hearing: Hearing) -> str | None:
    """The danger that is asked about already, where what is doubtful by itself is told as more of it."""
    category = hearing.knowledge.categories.get(hearing.conversation.checking or "")
    if category is None or category.check_no is not None or not _adds(hearing, category):
        return None
    denied = says_none(category.id, hearing.text, hearing.knowledge) or _is_over(hearing)
    return None if denied else category.id


def _hinted(hearing: Hearing) -> Danger | None:
    """A wish to die that a message by itself sounds like and means, in the midst of a calm topic."""
    alone = judge(hearing.text, hearing.knowledge) if hearing.danger is None and hearing.harmless is None else None
    if alone is None or not (alone.sure or alone.unsure) or not makes_move(hearing, SURE, DYING):
        return None
    return alone.danger if hearing.knowledge.categories[alone.danger.category].check_no is not None else None


def answer_check(hearing: Hearing) -> Turn | None:
    """Words after a check question: what settles or denies is none, a yes is danger, a question is a question.

    What is neither leaves the question that was asked before, which is answered; where a no has a line of its own, all
    else is danger, unless it is so much about another thing that it says nothing of it. More of the same was weighed
    before (`danger.doubt`).
    """
    category = hearing.knowledge.categories.get(hearing.conversation.checking or "")
    if category is None:
        return None
    own_no = category.check_no is not None
    if surest_move(hearing) in category.help.now_for:
        return confirmed(hearing, category.id)  # nobody is near now, and the fear of what was said goes on
    if (_is_yes(hearing) and not denies(category.id, hearing.text, hearing.knowledge)) or (
        own_no and not is_another_matter(hearing) and not _says_nothing_of_it(hearing)
    ):
        return confirmed(hearing, category.id)
    if own_no:
        return None if hearing.understood.clear or is_another_matter(hearing) else calm(hearing, category.id)
    none = says_none(category.id, hearing.text, hearing.knowledge) or _is_over(hearing)
    if none or begins_with_no(hearing.text, hearing.knowledge):
        asked = none and hearing.understood.clear and not hearing.understood.from_context
        return None if asked else calm(hearing, category.id)
    if not (category.adds or hearing.understood.turned) and _adds(hearing, category):
        return confirmed(hearing, category.id)
    if hearing.understood.turned or (
        hearing.understood.clear and (is_asked(hearing) or not hearing.understood.from_context)
    ):
        return None
    wished = asks(hearing.text, hearing.knowledge) and (
        likelihood_of(hearing.text, hearing.knowledge) <= NOTHING or _makes_less(hearing)
    )
    question = within(hearing, category, told=wished)
    if question is not None:
        return answer_topic(question)
    if category.adds and _adds(hearing, category):
        return confirmed(hearing, category.id)
    if turn := _answer_before(hearing, ANOTHER):
        return turn
    return _asked_of_it(hearing, category) if is_asked(hearing) else _listening(hearing, category.id)


def _asked_of_it(hearing: Hearing, category: Category) -> Turn | None:
    """What a sure line of the danger asked about answers is of it: the help text, and that line.

    Not where a life would be at risk: what is asked then tells of no such thing.
    """
    turn = confirmed(hearing, category.id)
    again = hearing.with_state(turn.conversation)
    line = line_framed(again, category) if category.level is not Level.CRITICAL else None
    if line is None or not line.sure:
        return None
    beside = say_line(again, category, line)
    return replace(turn, conversation=beside.conversation, replies=(*turn.replies, *beside.replies))


def _is_yes(hearing: Hearing) -> bool:
    """Whether a message begins with a yes that it does not take back: `sí, hace tres años`; long ones begin with if."""
    text, knowledge = hearing.text, hearing.knowledge
    if not means("yes", text, knowledge) or _is_over(hearing):
        return False
    if IF.match(text) and asks(text, knowledge):
        return False
    return len(text.split()) <= FEW_WORDS or likelihood_of(text, knowledge) > NOTHING


def _adds(hearing: Hearing, category: Category) -> bool:
    """Whether a message tells more of what was asked about: it asks nothing, and both are as likely as the first.

    Of a danger in which nobody is feared, both must likely be that; there a sure move of who is in one says as much.
    """
    text, knowledge, before = hearing.text, hearing.knowledge, _asked_about(hearing)
    if len(text.split()) < NO_MATTER or is_asked(hearing) or smalltalk_in(text, knowledge) is not None:
        return False
    both = judge_whole(together((before, text)), knowledge)
    if both is None or not (category.adds or both.danger.category == category.id):
        return False
    likelier = both.likelihood >= likelihood_of(before, knowledge)
    if category.adds:
        return likelier
    return (likelier and both.likelihood >= MORE) or (both.sure and makes_move(hearing, SURE))


def _is_over(hearing: Hearing) -> bool:
    """Whether the rules know what the message says as past, a story, or nothing that happens."""
    return bool(read_rules(hearing.text, hearing.knowledge).stops)


def _says_nothing_of_it(hearing: Hearing) -> bool:
    """Whether a message is surely ordinary; where it is long, it makes the one asked about more so, too."""
    text, knowledge = hearing.text, hearing.knowledge
    words, likelihood = len(text.split()), likelihood_of(text, knowledge)
    if _is_over(hearing) and likelihood < HELP_DYING:
        return True  # laughed at, long past, of a film; what is said to a no has the number, too
    if words <= FEW_WORDS:
        return words >= NO_MATTER and likelihood <= SURELY_NOTHING  # not "a veces", "no sé"
    return likelihood <= NOTHING and _makes_less(hearing)


def _makes_less(hearing: Hearing) -> bool:
    """Whether a message makes what was asked about less of a danger."""
    before, knowledge = _asked_about(hearing), hearing.knowledge
    return likelihood_of(together((before, hearing.text)), knowledge) < likelihood_of(before, knowledge)


def _asked_about(hearing: Hearing) -> str:
    """The message that the check asked about."""
    doubt = hearing.conversation.doubt
    return (doubt.last or doubt.text) if doubt is not None else ""


def confirmed(hearing: Hearing, category_id: str) -> Turn:
    """The check was answered with yes."""
    level = Level(hearing.knowledge.categories[category_id].level)
    words = _asked_about(hearing)[:SHOWN_WORDS]
    danger = Danger(category_id, level.raised() if hearing.conversation.minor else level, "check", words)
    return give_help(hearing, danger)


def calm(hearing: Hearing, category_id: str) -> Turn:
    """The check was answered with no: the question that was asked before is answered, where it is one."""
    doubt = hearing.conversation.doubt
    if doubt is not None:
        hearing = hearing.with_state(hearing.conversation.having(doubt=doubt.model_copy(update={"closed": True})))
    own = hearing.knowledge.categories[category_id].check_no
    if own is None and (turn := _answer_no(hearing, category_id)):
        return turn
    text = own.say(hearing.lang) if own is not None else say("check.calm", hearing.lang)
    if own is None and says_bye(hearing.text, hearing.knowledge):
        text = " ".join((say("danger.over_short", hearing.lang), say("danger.bye", hearing.lang)))
    return hearing.turn(Outcome.QUESTION, Reply(ReplyKind.QUESTION, hearing.fill(text)), checking=None)


def _answer_no(hearing: Hearing, category_id: str) -> Turn | None:
    """What is asked beside the no, else what was asked before it."""
    before = _asked_about(hearing)
    return (
        answer_beside_no(hearing, category_id) or _answer_before(hearing, ANSWER) or answer_as_ordinary(before, hearing)
    )


def _listening(hearing: Hearing, category_id: str) -> Turn | None:
    """A fragment that is neither a yes nor a no: the number, and the question stays open; once more in other words."""
    listened = hearing.conversation.listened
    if listened >= len(LISTENING):
        return None
    reply = Reply(ReplyKind.QUESTION, hearing.fill(say(LISTENING[listened], hearing.lang)))
    return hearing.turn(Outcome.QUESTION, reply, checking=category_id, listened=listened + 1)


def _answer_before(hearing: Hearing, needed: float) -> Turn | None:
    """What was asked before the check, where it is as likely; "vamos en un camión" asks nothing of a truck's hours."""
    text = _asked_about(hearing)
    understood = understand(text, hearing.conversation.person(), hearing.knowledge)
    before = replace(hearing, text=text, understood=understood)
    if before.understood.best < (needed if is_asked(before) else SURELY):
        return None
    if turn := answer_topic(before):
        return turn
    # Who says that it is over is not asked what a report may have meant.
    return None if read_signals(hearing.text, hearing.knowledge).settles else clarify(before)
