"""What a danger is, who is in it and where (P1, P2, P10), as words tell it: classifiers weighed with readings."""

from collections.abc import Collection
from itertools import pairwise
from math import inf

from bot.conversation import Danger, OpenDanger, Situation
from bot.conversation.danger import Who
from bot.dialogue import thresholds
from bot.dialogue.danger.classifiers import Group, classifier_of, kinds_of
from bot.dialogue.danger.judging import SCORER, judge
from bot.dialogue.danger.rules import read_rules, together
from bot.dialogue.message import Message
from bot.dialogue.person.signals import HERE, MEXICO, places_acted, places_stood, places_within
from bot.dialogue.person.told import placed_behind
from bot.dialogue.places.nearest import place_said
from bot.dialogue.protocols.book import BODY, SAYS_ENOUGH, Facts, out_of_reach, protocol_of, who_of
from bot.dialogue.protocols.readings import readings_in, tells_in, without_questions
from knowledge.model import Knowledge
from knowledge.schema.base import Level
from knowledge.schema.protocols import ABROAD, TOWN_TOLD, Protocol

NATIONS = {"not_mexican": "ZZ", "is_mexican": MEXICO}  # readings of the nationality of whoever is in danger
AGENTS = {"us_agents": "US", "mx_agents": MEXICO}  # readings of agents of a country, which are nowhere else
OWN = 0.3
"""Margin by which a kind is likelier that is of the category found; in units of the classifier's score, chosen on the
scripts of protocols.md and the open set of conversations after an alarm."""
LEAST = -0.85  # score, with this, below which no kind is recognised; chosen on the same
SURE = 0.2  # the same from which a kind takes the place of one that was told before
BY_READINGS = frozenset({"watched"})  # kinds that explicit readings alone tell
BY_STORY = 2 / 3
"""Share of the last messages together, beside the last of them alone; chosen on 58 stories of content read by hand."""
SUFFERS = {"suffers", "threat_reported"}  # readings of one's own wound, wish to die, threat
ROLES: dict[str, Who] = {"victim": "own", "helper": "other"}
"""Readings of who speaks of themselves, and of somebody else; asked where the classifier is not sure."""


def kind_of(
    text: str, category: str, knowledge: Knowledge, least: float = LEAST, *, at: str | None = None
) -> str | None:
    """The kind that a text tells of, most likely of this category, one of the country `at`; None: none is likely."""
    scores = classifier_of(knowledge, Group.KINDS).scores(text)
    heard, protocols = readings_in(text, knowledge), knowledge.protocols
    weighed = {
        kind: score + OWN * (protocols[kind].of == category)
        for kind, score in scores.items()
        if kind not in BY_READINGS and not (protocols[kind].needs and heard.isdisjoint(protocols[kind].needs))
    }
    likely = sorted(weighed, key=lambda kind: -weighed[kind])
    bodies = [weighed[kind] for kind in likely[:2] if protocols[kind].of == BODY]
    if any(first - second < thresholds.KIND_CLOSE for first, second in pairwise(bodies)):
        return None  # first aid for another body harms more than the words for any
    best = next(iter(likely), None)
    if best and not knowledge.protocols[best].holds_in(at):
        here = [one for one in kinds_of(knowledge.protocols[best].of, knowledge) if one in weighed]
        here = [one for one in here if knowledge.protocols[one].holds_in(at)]
        best = max(here, key=lambda kind: weighed[kind], default=None)
    return best if best and weighed[best] >= least and not knowledge.protocols[best].general else None


def grave_kind(text: str, category: str, knowledge: Knowledge, least: float) -> str | None:
    """The kind that a text tells of, if life is at stake in it."""
    kind = kind_of(text, category, knowledge, least)
    return kind if kind is not None and knowledge.protocols[kind].level is Level.CRITICAL else None


def likeliest_kind(
    text: str,
    knowledge: Knowledge,
    least: float = thresholds.KIND_NEAR,
    ahead: float = thresholds.KIND_AHEAD,
    among: Collection[str] = (),
    *,
    beside: str | None = None,
    heard: Collection[str] = (),
) -> Protocol | None:
    """The kind that words tell of by themselves, of whatever category (`among`); None: none, or several may be meant.

    `beside`: the open kind, of which the same words may tell; `heard`: the readings of before, which a kind may need.
    """
    scores = classifier_of(knowledge, Group.KINDS).scores(text)
    passed = {*BY_READINGS, *filter(None, (beside,))}
    likely = sorted(((score, kind) for kind, score in scores.items() if kind not in passed), reverse=True)
    ours = [one for one in likely if one[1] in among or not among]
    others = [one for one in likely if one[1] not in among] if among else likely[1:]
    if not ours or ours[0][0] < least or (others and ours[0][0] - others[0][0] < ahead):
        return None
    protocol = knowledge.protocols[ours[0][1]]
    needed = not protocol.needs or not readings_in(text, knowledge).union(heard).isdisjoint(protocol.needs)
    return protocol if needed and not protocol.general else None


def wish_told(text: str, found: Danger, knowledge: Knowledge, *, sure: bool = False) -> str | None:
    """The likeliest kind of a wish to die told in sure words, however little they tell of one; None: none is told."""
    if (found.rule == SCORER and not sure) or not knowledge.categories[found.category].dying:
        return None
    own = likeliest_kind(text, knowledge, -inf, -inf, kinds_of(found.category, knowledge))
    return own.id if own else found.category


def kind_ahead(kind: str, other: str, text: str, knowledge: Knowledge) -> bool:
    """Whether words tell of a kind so much more than of another one that it is this and not that."""
    scores = classifier_of(knowledge, Group.KINDS).scores(text)
    return scores.get(kind, -inf) - scores.get(other, 0.0) >= thresholds.KIND_INSTEAD


def who_in(text: str, knowledge: Knowledge, margin: float | None = None) -> Who:
    """Who is in danger, as the words alone say it; `margin`: what is learned of more than these words."""
    margin = margin_of(text, knowledge) if margin is None else margin
    said = readings_in(text, knowledge) & ROLES.keys()
    if abs(margin) < thresholds.WHO_SURE and len(said) == 1:
        return ROLES[next(iter(said))]
    if abs(margin) < thresholds.WHO_LEAST:
        return "unknown"
    return "other" if margin < 0 else "own"


def who_now(text: str, before: Who, knowledge: Knowledge) -> Who:
    """Who is in another danger beside an open one: whoever was, unless its words say who speaks."""
    margin, heard = margin_of(text, knowledge), readings_in(text, knowledge)
    said = [who for role, who in ROLES.items() if role in heard]
    if heard & SUFFERS:
        return "own"
    sure = abs(margin) >= thresholds.WHO_SURE and said == ["own" if margin > 0 else "other"]
    return said[0] if sure else who_in(text, knowledge) if before == "unknown" else before


def leaning(danger: OpenDanger, text: str, knowledge: Knowledge) -> OpenDanger:
    """Who is in it by all that was told since it opened, which may be another than was heard first."""
    if danger.reader != "none" or "caused_harm" in danger.heard:
        return danger
    most = thresholds.WHO_AT_ONCE
    leans, who = danger.leans + max(-most, min(most, margin_of(text, knowledge))), danger.who
    if who == "unknown":
        who = opens_for((together((danger.told, text)),), danger.category, knowledge)
    elif who != "both" and abs(leans) >= thresholds.WHO_AFTER_ALL:
        who = who_of(protocol_of(danger, knowledge), "own" if leans > 0 else "other")
    return danger.having(who=who, leans=leans, asked=danger.asked if who == danger.who else None)


def margin_of(text: str, knowledge: Knowledge) -> float:
    """How much likelier it is of the writer than of somebody else that a text tells."""
    scores = classifier_of(knowledge, Group.WHOSE).scores(text)
    return scores.get("own", 0.0) - scores.get("other", 0.0)


def opens_for(told: tuple[str, ...], category: str, knowledge: Knowledge) -> Who:
    """Who is in a danger that is told now, its words last: both, where the writer is with those of whom they tell."""
    story = together(told)  # tells more of it than its last words
    margin = BY_STORY * margin_of(story, knowledge) + (1 - BY_STORY) * margin_of(told[-1], knowledge)
    who = who_in(story, knowledge, margin)
    heard = readings_in(told[-1], knowledge)
    if "caused_harm" in heard:
        return "other"
    if who != "own" and heard & SUFFERS:
        return "own"
    shared = category in knowledge.triage.shared and heard & {"with_them", "corrects_both"}
    return "both" if shared and who != "own" else who


def corrected(heard: frozenset[str]) -> Who | None:
    """Who is meant after all, as the readings of a message put it right."""
    if "caused_harm" in heard:
        return "other"
    if "corrects_both" in heard:
        return "both"
    return "own" if "corrects_own" in heard else "other" if "corrects_other" in heard else None


def is_mild(danger: OpenDanger, knowledge: Knowledge) -> bool:
    """Whether no life is at stake in a danger, so that most of what is asked in it is ordinary: papers, a bus, work."""
    ordinary = danger.category in knowledge.triage.ordinary or danger.kind in knowledge.triage.led
    return danger.level is Level.PRIORITY or (ordinary and danger.level is Level.URGENT)


def body_told(text: str, danger: OpenDanger, knowledge: Knowledge) -> str | None:
    """The kind of what a body suffers, as a message tells it in an open danger; sooner where none is open yet."""
    triage = knowledge.triage
    if out_of_reach(danger, knowledge):
        return None
    first = danger.category != BODY
    told = without_questions(text, knowledge) or (text if first else "")  # "what do I do with the cut on his neck"
    if len(told.split()) < SAYS_ENOUGH or (first and judge(told, knowledge).likelihood < thresholds.KIND_FAINT):
        return None  # "he was born here" tells no birth of now
    least = thresholds.KIND_FIRST if first else thresholds.KIND_BESIDE
    ahead = thresholds.KIND_FIRST_AHEAD if first else thresholds.KIND_AHEAD
    if first and any(found.category.id == BODY for found in read_rules(text, knowledge).found):
        least = thresholds.KIND_LAST
    beside = danger.kind if first else None
    kind = likeliest_kind(told, knowledge, least, ahead, triage.bodily, beside=beside, heard=danger.heard)
    tells = tells_in(told, knowledge) if first and kind else {}  # a phone that is not answered tells of no body
    other = any(tells.get(one, -inf) > tells.get(kind.id if kind else "", 0.0) for one in triage.no_body)
    part = kind is not None and danger.kind in triage.part_of.get(kind.id, ())
    return kind.id if kind and not (other or part) else None


def facts_of(danger: OpenDanger, situation: Situation, *, on_duty: bool) -> Facts:
    """The facts of a danger and of its writer; where the writer is in it, both places are one."""
    writer_at = situation.country.value if situation.country else None
    theirs = danger.who == "other"
    nationality = danger.nationality or (situation.nationality.value if situation.nationality else None)
    abroad = (ABROAD,) if danger.far and writer_at and writer_at not in HERE else ()
    kinds = filter(None, (danger.kind, *(one.kind for one in danger.below), *abroad))
    return Facts(
        danger_at=danger.danger_at or (None if danger.far else writer_at),
        writer_at=writer_at or (None if theirs else danger.danger_at),
        mexican=None if nationality is None else nationality == MEXICO,
        fears_government=situation.fears_government,
        minor=situation.minor,
        far=danger.far,
        on_duty=on_duty,
        heard=frozenset((*danger.heard, *kinds, f"who_{danger.who}", *([TOWN_TOLD] if situation.town else ()))),
    )


def placed(danger: OpenDanger, m: Message, situation: Situation, heard: frozenset[str]) -> OpenDanger:
    """The danger with the place and nationality that a message tells; the last word counts."""
    writer_at = situation.country.value if situation.country else None
    leads = (m.knowledge.signals.past, m.knowledge.signals.origin)
    past, origin = ({*placed_behind(one, m.text, m.knowledge)} for one in leads)
    stood = places_stood(m.text, m.knowledge) - past - origin
    agents = next((country for reading, country in AGENTS.items() if reading in heard), None)
    own = place_said(m.text, m.knowledge, danger.danger_at or writer_at)[0]
    abroad = danger.who == "other" and danger.kind in m.knowledge.triage.out_of_reach and not origin <= HERE
    if own not in HERE | stood or (stood == {own} and "writes_from_there" in heard) or abroad:
        own = None  # "me deportan a X"; "soy de San Pedro Sula, a mi hija la tienen en Houston" may be told from home
    theirs = stood - {own} if danger.who == "other" else stood  # "she is in Caracas and I am in Denver"
    told = frozenset(() if "kin_of_theirs" in heard else theirs & HERE or theirs or stood & HERE)
    if danger.who in ("own", "both"):
        at, far = own or danger.danger_at or agents or writer_at or _only(told), None  # "he knows people in X"
    else:
        if danger.kind in m.knowledge.triage.under_way:
            told = places_within(m.text, m.knowledge) & HERE
        moved = places_acted(m.text, m.knowledge) & told & HERE  # not "the police of Houston"
        named = _only((moved if danger.danger_at else told) - {own})
        at = named or danger.danger_at or agents or (None if own else _only(told))
        far = danger.far or ("place" if "helper_far" in heard else None)
        if at and (stays := own or writer_at):
            far = "country" if at != stays else (far if far == "place" else None)
        elif ("helper_far" in heard and len(told) > 1) or (at and at not in HERE):  # "a mi hermana en Guatemala"
            far = "country"
        far = "country" if abroad and at in HERE else far
    read = next((country for reading, country in NATIONS.items() if reading in heard), None)
    return danger.having(danger_at=at, far=far, nationality=m.person.citizen or read or danger.nationality)


def _only(countries: frozenset[str] | set[str]) -> str | None:
    return next(iter(countries)) if len(countries) == 1 else None
