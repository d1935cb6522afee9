"""What a message about consulates is besides: another country's, everywhere, better told by a topic, a postal code."""

from bot.dialogue.directory.named import Named
from bot.dialogue.directory.nearest import Where, in_region
from bot.dialogue.directory.place_words import BEFORE_A_PLACE
from bot.dialogue.directory.places import Asked
from bot.dialogue.directory.words import MEXICO
from knowledge.model import Knowledge
from knowledge.schema.directory import Ask

POSTAL = 5
"""Digits of a postal code in the United States."""
MANY = 20
"""Consulates of a country that are too many to go through by three."""
CHIAPAS = "MX-CHP"


def outside_chiapas(asked: Asked) -> bool:
    """Whether places are named, and none is in the state whose consulates a topic holds."""
    places = [named for named in asked.named if named.towns or named.region]
    regions = [named.region.id for named in places if named.region] + [t.region for n in places for t in n.towns]
    return bool(places) and CHIAPAS not in regions


def is_everywhere(place: Where, knowledge: Knowledge) -> bool:
    """`is it at every consulate in the US`: a country with so many names no place."""
    return place.region is not None and not place.towns and len(in_region(place.region, knowledge)) > MANY


def better_left(asked: Asked, place: Where | None, knowledge: Knowledge) -> bool:
    """What a topic that surely fits answers better: a state of Mexico's own office, an embassy, any emergency line."""
    if place is None or not place.served:
        return Ask.GUARD in asked.asks or asked.embassy
    states = any(named.region and named.region.country == MEXICO for named in asked.named)
    return (states and bool(place.towns)) or (asked.embassy and not is_seat(place, knowledge))


def is_seat(place: Where, knowledge: Knowledge) -> bool:
    """Whether a consulate is in that very town."""
    return bool(place.towns) and any(one.geonames == place.towns[0].id for one in knowledge.consulates.values())


def is_of_another_country(asked: Asked) -> bool:
    """`el consulado de Honduras en Houston`: not Mexico's, and so not ours."""
    of_country = any(
        named.country not in (None, MEXICO)
        and not named.city
        and named.before not in BEFORE_A_PLACE
        and not _of_state(named, asked)
        for named in asked.named
    )
    return not asked.ours and (asked.others or of_country)


def _of_state(named: Named, asked: Asked) -> bool:
    """`paris texas`: a town of ours that is called like one abroad."""
    regions = [one.region for one in asked.named if one.region and one is not named]
    return any(region.holds(town.region) for region in regions for town in named.towns)


def is_postal_code(asked: Asked) -> bool:
    """`77002`, `el consulado de mi código postal 90011`, and nothing else that we cannot place."""
    codes = len(asked.unknown) == 1 and len(asked.unknown[0]) == POSTAL and asked.unknown[0].isdigit()
    return codes and not asked.named
