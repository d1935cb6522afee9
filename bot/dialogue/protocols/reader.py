"""Somebody else may read the phone, or writes with it (P8): what is said then, and nothing else."""

from collections.abc import Collection

from bot.conversation import Conversation, Danger, OpenDanger
from bot.dialogue.danger.judging import judge, readings_of
from bot.dialogue.message import Message
from bot.dialogue.protocols.book import may_harm
from bot.dialogue.protocols.readings import WATCHED, reads_in
from bot.dialogue.protocols.told import opens_for
from bot.dialogue.protocols.turn import Walked
from bot.dialogue.signals import Signals
from knowledge.model import Knowledge
from knowledge.schema.base import Level

AT_ONCE = frozenset({"somebody_near", "do_not_answer"})  # readings that hold in the message that tells a danger, too


def may_read(danger: OpenDanger, heard: Collection[str], knowledge: Knowledge) -> bool:
    """Whether somebody may: who does harm, also in what is open below, or who checks the phone."""
    below = (danger.having(category=one.category, kind=one.kind, below=()) for one in danger.below)
    return any(may_harm(one, knowledge) for one in (danger, *below)) or "phone_watched" in {*heard, *danger.heard}


def beside_phone(text: str, danger: OpenDanger, heard: frozenset[str], knowledge: Knowledge) -> frozenset[str]:
    """Who is beside the phone, as it was learned; not who is there, for whom the protocols have words."""
    if not may_harm(danger, knowledge):
        return frozenset()
    reads = reads_in(text, knowledge)
    if "aggressor_present" in heard and heard & {"denies", "goodbye"}:  # all is well, under the eyes of who does harm
        return reads | {"somebody_near"}
    # "con quien puedo hablar", "no vienen": who asks for help is silenced by frames alone
    return reads - {"somebody_near", "aggressor_writes"} if danger.reader == "none" else reads


def may_command(m: Message, s: Signals, state: Conversation) -> bool:
    """Whether a command, a tap or a choice acts: while somebody may read only those that leave or erase."""
    danger = state.danger
    if danger is None or danger.reader != "none":
        return danger is None or m.command in ("leave", "delete")
    heard = readings_of(frozenset({"do_not_answer", "phone_watched"}), m.text, s.knowledge)
    return "do_not_answer" not in heard or not may_read(danger, heard, s.knowledge)  # no farewell to who wants no reply


def wants_silence(m: Message, s: Signals) -> bool:
    """Whether no reply is wanted, as somebody sees the phone: nothing is sent, also where no danger is open (P8c)."""
    heard = readings_of(frozenset({"do_not_answer", "phone_watched", "somebody_near"}), m.text, s.knowledge)
    return "do_not_answer" in heard and len(heard) > 1


def comes_near(told: Danger | None, m: Message, s: Signals, state: Conversation) -> OpenDanger | None:
    """A danger that was closed or only asked about, where who does harm writes now (P8), or stands there still."""
    heard, triage = readings_of(frozenset({"claims_victim", "stands_there"}), m.text, s.knowledge), s.knowledge.triage
    before, texts = state.danger, tuple(one.text for one in state.heard)
    if not heard or (told is not None and told.category in triage.not_of_aggressor):
        return None
    if "claims_victim" not in heard:
        return before.having(state="open", given=()) if before and before.state == "over" else None
    lately = (one.danger for text in texts if (one := judge(text, s.knowledge)) and (one.sure or one.unsure))
    found = next((one for one in (before, state.doubt, *lately) if one and one.category in triage.read_by), None)
    if found is None or opens_for(texts or (m.text,), found.category, s.knowledge) == "other":
        return None
    return OpenDanger(category=found.category, level=Level.CRITICAL, who="own", opened_at=s.now, heard_at=s.now)


def alone_again(danger: OpenDanger, heard: frozenset[str], *, over: bool) -> OpenDanger | None:
    """The danger with nobody reading, where that is the answer to our question; `over`: an end of it is told."""
    free = "minutes_free" in heard and danger.reader != "none"  # a few minutes are not spent on a question
    asked = free or (danger.asked == "line.alone_again" and danger.reader != "reading")
    alone = over or not heard.isdisjoint(("yes", "alone_now", "aggressor_gone"))
    theirs = heard & {"aggressor_writes", "claims_victim", "somebody_near"}
    return unwatched(danger) if asked and alone and not theirs else None


def read_by(
    danger: OpenDanger, heard: frozenset[str], told: bool, knowledge: Knowledge, *, over: bool = False, sure: str = ""
) -> Walked | None:
    """What is said where somebody reads; None where nobody does. `told`: the message itself reports danger.

    `sure`: the category of the danger that a rule hears in it.
    """
    if danger.reader == "reading":
        return _to_reader(danger, heard | {"alone_now"} if sure in knowledge.triage.not_of_aggressor else heard)
    if _writes(danger, heard, knowledge):
        return Walked(danger.having(reader="reading", asked=None), ("line.reading",), why="somebody else writes")
    if "who_is_this" in heard:
        return Walked(danger.having(asked="line.alone_again"), ("line.who_asks",), why="who is this")
    watched = danger.who != "other" and may_read(danger, heard, knowledge)
    if "do_not_answer" in heard and watched:
        return Walked(_watched(danger), (), why="no reply is wanted")
    if "help_comes" in heard and "called" in danger.heard and danger.category != "kidnapping":
        return None  # those who were called, and nobody else
    if "somebody_near" in heard and danger.kind != WATCHED and watched:
        return Walked(_watched(danger), ("line.coming",), why="somebody comes")
    if danger.kind == WATCHED:
        return _beside(danger, heard | {"alone_now"} if over else heard, told)
    if "phone_watched" in heard and "line.safe_phone" not in danger.given:
        return Walked(danger.having(reader="may_read", asked=None), ("line.safe_phone",), why="the phone is checked")
    return None


def _writes(danger: OpenDanger, heard: frozenset[str], knowledge: Knowledge) -> bool:
    """Whether the words are those of who does harm."""
    if danger.reader == "may_read" and heard & {"aggressor_writes", "claims_victim"}:
        return True
    if danger.kind == WATCHED and "who_is_this" in heard:
        return True
    return may_harm(danger, knowledge) and danger.who == "own" and "claims_victim" in heard


def _to_reader(danger: OpenDanger, heard: frozenset[str]) -> Walked:
    if "cries_for_help" in heard:
        reader = "may_read" if "alone_now" in heard else "reading"
        return Walked(danger.having(reader=reader), ("line.present",), why="a cry")
    if heard & {"alone_now", "aggressor_gone"}:
        return Walked(danger.having(reader="may_read", asked="line.alone_again"), ("line.alone_again",), why="alone")
    return Walked(danger, ("line.reading",), why="somebody else writes")


def _beside(danger: OpenDanger, heard: frozenset[str], told: bool) -> Walked | None:
    """After "he comes": silence, until the words say that the person is alone, or danger is told again."""
    tells = told and heard.isdisjoint(("alone_now", "phone_back"))
    if (tells or "cries_for_help" in heard) and "somebody_near" not in heard:
        return None  # "he went out, he says he kills me": no minute is lost by asking
    if "alone_now" not in heard and ("somebody_near" in heard or "no" in heard):
        return Walked(danger, (), why="not alone")
    if "alone_now" not in heard and danger.asked == "line.alone_again":  # silence would be taken for a broken phone
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
