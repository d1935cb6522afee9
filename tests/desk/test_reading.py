"""Every way to a person's words leaves one line a reader, case and hour; and is refused to who has no right to it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot import desk
from bot.conversation.case import Case
from bot.storage.queue import Wanted
from tests.desk.conftest import ANA, BEN, CORA, EDI, EVA, Records, Someone
from tests.storage.conftest import NOW

Way = Callable[[Records, Someone, Case], Awaitable[object]]


async def exported(records: Records, who: Someone, case: Case) -> object:
    return [page async for page in desk.export(records, who, Wanted(), NOW, words=True)]


WAYS: dict[str, Way] = {
    "case": lambda records, who, case: desk.read(records, who, case.id, NOW),
    "page of a transcript": lambda records, who, case: desk.read_page(records, who, case.id, None, 9, NOW),
    "transcript": lambda records, who, case: desk.transcript(records, who, case.conversation_id, None, 9, NOW),
    "search": lambda records, who, case: desk.search(records, who, "pega", NOW),
    "queue of a coordinator": lambda records, who, case: desk.queue(records, CORA, Wanted(), None, 9, NOW),
    "labels that it has": lambda records, who, case: desk.label(records, who, case.id, case.labels, NOW),
}


async def readings(records: Records, case: Case) -> list[str]:
    return [entry.who for entry in await records.audit.of(str(case.id)) if entry.action == "read"]


@pytest.mark.parametrize("way", WAYS)
async def test_a_way_to_a_persons_words_is_in_the_log(world, records, way):
    case = await world.case()
    await WAYS[way](records, ANA, case)
    assert await readings(records, case) == ["cora" if "coordinator" in way else "ana"]


async def test_once_a_reader_a_case_and_an_hour(world, records):
    case, other = await world.case("1"), await world.case("2")
    for minutes in (0, 2, 59, 61, 100):
        await desk.read(records, ANA, case.id, NOW + timedelta(minutes=minutes))
    await desk.read(records, BEN, case.id, NOW)
    await desk.read(records, ANA, other.id, NOW)
    assert (await readings(records, case), await readings(records, other)) == (["ana", "ana", "ben"], ["ana"])


async def test_the_queue_has_words_for_who_may_export_them_alone(world, records):
    case = await world.case()
    await world.cases.claim(case.id, "ana", NOW)
    await world.cases.release(case.id, "ana", "vive en la calle Juárez", NOW)
    for who in (ANA, EVA):
        ((shown,), _) = await desk.queue(records, who, Wanted(), None, 9, NOW)
        assert (shown.words, shown.place, shown.note) == ("", None, None)
        assert shown.id == case.id
    assert await readings(records, case) == []
    ((shown,), _) = await desk.queue(records, CORA, Wanted(), None, 9, NOW)
    assert (shown.words, shown.note) == ("me pega", "vive en la calle Juárez")


async def test_an_export_with_words_names_each_case_in_the_log(world, records):
    case = await world.case()
    (page,) = await exported(records, CORA, case)
    assert page[0].words == "me pega"
    assert [entry.action for entry in await records.audit.of(str(case.id)) if entry.who == "cora"] == ["exported"]
    (page,) = [one async for one in desk.export(records, CORA, Wanted(), NOW)]
    assert page[0].words == ""


@pytest.mark.parametrize("who", [ANA, EVA, EDI])
async def test_nobody_but_a_coordinator_exports_words(world, records, who):
    with pytest.raises(desk.NotAllowedError):
        await exported(records, who, await world.case())


@pytest.mark.parametrize("way", [way for way in WAYS if "coordinator" not in way])
async def test_an_editor_reads_nobodys_words(world, records, way):
    case = await world.case()
    with pytest.raises(desk.NotAllowedError):
        await WAYS[way](records, EDI, case)
    assert await readings(records, case) == []
