"""Somebody else may read the phone, or writes with it (P8): what is said then, and nothing else."""

from collections.abc import Collection

from bot.conversation import Conversation, Danger, OpenDanger
from bot.dialogue.danger.judging import judge, readings_of
from bot.dialogue.message import Message
from bot.dialogue.protocols.book import may_harm
from bot.dialogue.protocols.readings import CALLED, CLAIMS, DENIES, HELP_COMES, NEAR, PHONE, WATCHED, WRITES, reads_in
from bot.dialogue.protocols.told import opens_for
from bot.dialogue.protocols.turn import WHO_ASKS, Walked
from bot.dialogue.signals import Signals
from knowledge.model import Knowledge
from knowledge.schema.base import Level

NO_REPLY, WHO, ALONE, CRIES, BACK = "do_not_answer", "who_is_this", "alone_now", "cries_for_help", "phone_back"
"""Readings: write no more; who is this; alone again; help me; the phone was taken, and is given back."""
PRESENT, GONE, FREE = "aggressor_present", "aggressor_gone", "minutes_free"
"""Readings: who does harm is there; has left, which answers whether one may write; is away for minutes."""
AT_ONCE = frozenset({NEAR, NO_REPLY})  # readings that hold in the message that tells a danger, too


def may_read(danger: OpenDanger, heard: Collection[str], knowledge: Knowledge) -> bool:
    """Whether somebody may: who does harm, also in what is open below, or who checks the phone."""
    below = (danger.having(category=one.category, kind=one.kind, below=()) for one in danger.below)
    return any(may_harm(one, knowledge) for one in (danger, *below)) or PHONE in {*heard, *danger.heard}


def beside_phone(text: str, danger: OpenDanger, heard: frozenset[str], knowledge: Knowledge) -> frozenset[str]:
    """Who is beside the phone, as it was learned; not who is there, for whom the protocols have words."""
    if not may_harm(danger, knowledge):
        return frozenset()
    reads = reads_in(text, knowledge)
    if PRESENT in heard and heard & {DENIES, "goodbye"}:  # all is well, under the eyes of who does harm
        return reads | {NEAR}
    # "con quien puedo hablar", "no vienen": who asks for help is silenced by frames alone
    return reads - {NEAR, WRITES} if danger.reader == "none" else reads


def may_command(m: Message, s: Signals, state: Conversation) -> bool:
    """Whether a command, a tap or a choice acts: while somebody may read only those that leave or erase."""
    danger = state.danger
    if danger is None or danger.reader != "none":
        return danger is None or m.command in ("leave", "delete")
    heard = readings_of(frozenset({NO_REPLY, PHONE}), m.text, s.knowledge)
    return NO_REPLY not in heard or not may_read(danger, heard, s.knowledge)  # no farewell to who wants no reply


def wants_silence(m: Message, s: Signals) -> bool:
    """Whether no reply is wanted, as somebody sees the phone: nothing is sent, also where no danger is open (P8c)."""
    heard = readings_of(frozenset({NO_REPLY, PHONE, NEAR}), m.text, s.knowledge)
    return NO_REPLY in heard and len(heard) > 1


def comes_near(told: Danger | None, m: Message, s: Signals, state: Conversation) -> OpenDanger | None:
    """A danger that was closed or only asked about, where who does harm writes now (P8), or stands there still."""
    heard, triage = readings_of(frozenset({CLAIMS, "stands_there"}), m.text, s.knowledge), s.knowledge.triage
    before, texts = state.danger, tuple(one.text for one in state.heard)
    if not heard or (told is not None and told.category in triage.not_of_aggressor):
        return None
    if CLAIMS not in heard:
        return before.having(state="open", given=()) if before and before.state == "over" else None
    lately = (one.danger for text in texts if (one := judge(text, s.knowledge)) and (one.sure or one.unsure))
    found = next((one for one in (before, state.doubt, *lately) if one and one.category in triage.read_by), None)
    if found is None or opens_for(texts or (m.text,), found.category, s.knowledge) == "other":
        return None
    return OpenDanger(category=found.category, level=Level.CRITICAL, who="own", opened_at=s.now, heard_at=s.now)


def alone_again(danger: OpenDanger, heard: frozenset[str], *, over: bool) -> OpenDanger | None:
    """The danger with nobody reading, where that is the answer to our question; `over`: an end of it is told."""
    free = FREE in heard and danger.reader != "none"  # a few minutes are not spent on a question
    asked = free or (danger.asked == "line.alone_again" and danger.reader != "reading")
    alone = over or not heard.isdisjoint(("yes", ALONE, GONE))
    return unwatched(danger) if asked and alone and heard.isdisjoint((WRITES, CLAIMS, NEAR)) else None


def read_by(
    danger: OpenDanger, heard: frozenset[str], told: bool, knowledge: Knowledge, *, over: bool = False, sure: str = ""
) -> Walked | None:
    """What is said where somebody reads; None where nobody does. `told`: the message itself reports danger.

    `sure`: the category of the danger that a rule hears in it.
    """
    if danger.reader == "reading":
        return _to_reader(danger, heard | {ALONE} if sure in knowledge.triage.not_of_aggressor else heard)
    if _writes(danger, heard, knowledge):
        return Walked(danger.having(reader="reading", asked=None), ("line.reading",), why="somebody else writes")
    if WHO in heard:
        return Walked(danger.having(asked="line.alone_again"), (WHO_ASKS,), why="who is this")
    watched = danger.who != "other" and may_read(danger, heard, knowledge)
    if NO_REPLY in heard and watched:
        return Walked(_watched(danger), (), why="no reply is wanted")
    if HELP_COMES in heard and CALLED in danger.heard and danger.category != "kidnapping":
        return None  # those who were called, and nobody else
    if NEAR in heard and danger.kind != WATCHED and watched:
        return Walked(_watched(danger), ("line.coming",), why="somebody comes")
    if danger.kind == WATCHED:
        return _beside(danger, heard | {ALONE} if over else heard, told)
    if PHONE in heard and "line.safe_phone" not in danger.given:
        return Walked(danger.having(reader="may_read", asked=None), ("line.safe_phone",), why="the phone is checked")
    return None


def _writes(danger: OpenDanger, heard: frozenset[str], knowledge: Knowledge) -> bool:
    """Whether the words are those of who does harm."""
    beside = (danger.reader == "may_read" and heard & {WRITES, CLAIMS}) or (danger.kind == WATCHED and WHO in heard)
    return bool(beside) or (may_harm(danger, knowledge) and danger.who == "own" and CLAIMS in heard)


def _to_reader(danger: OpenDanger, heard: frozenset[str]) -> Walked:
    if CRIES in heard:
        return Walked(danger.having(reader="may_read" if ALONE in heard else "reading"), ("line.present",), why="a cry")
    if heard & {ALONE, GONE}:
        return Walked(danger.having(reader="may_read", asked="line.alone_again"), ("line.alone_again",), why="alone")
    return Walked(danger, ("line.reading",), why="somebody else writes")


def _beside(danger: OpenDanger, heard: frozenset[str], told: bool) -> Walked | None:
    """After "he comes": silence, until the words say that the person is alone, or danger is told again."""
    if ((told and heard.isdisjoint((ALONE, BACK))) or CRIES in heard) and NEAR not in heard:
        return None  # "he went out, he says he kills me": no minute is lost by asking
    if ALONE not in heard and (NEAR in heard or "no" in heard):
        return Walked(danger, (), why="not alone")
    if ALONE not in heard and danger.asked == "line.alone_again":  # silence would be taken for a broken phone
        return Walked(danger, ("line.say_yes",), why="who may write, again")
    return Walked(danger.having(asked="line.alone_again"), ("line.alone_again",), why="who may write")


def unwatched(danger: OpenDanger) -> OpenDanger:
    """The danger of before somebody came near, with nobody reading."""
    if danger.kind != WATCHED:
        return danger.having(reader="none", asked=None)
    *below, last = danger.below or (None,)
    return danger.having(**last.model_dump() if last else {"kind": None}, below=tuple(below), reader="none", asked=None)


def _watched(danger: OpenDanger) -> OpenDanger:
    """Somebody is near: nothing is asked, and what was open stays open below."""
    below = danger.below if danger.kind == WATCHED else (*danger.below, danger.as_below())
    return danger.having(kind=WATCHED, below=below, reader="may_read", asked=None)
