"""What is done with a case: by who may, on what they last saw, with a line in the log."""

from datetime import timedelta

import pytest

from bot import desk
from bot.handoff import HeldByAnotherError
from bot.storage.errors import NoSuchCaseError, StaleCaseError
from tests.desk.conftest import ANA, BEN, CORA, EDI, EVA
from tests.storage.conftest import NOW

LATER = NOW + timedelta(minutes=5)
ACTS = {
    "claim": lambda records, who, case: desk.claim(records, who, case.id, NOW),
    "next": lambda records, who, case: desk.claim_next(records, who, NOW),
    "reply": lambda records, who, case: desk.reply(records, who, case.id, "hola", NOW),
    "note": lambda records, who, case: desk.note(records, who, case.id, "habla mixteco", NOW),
    "label": lambda records, who, case: desk.label(records, who, case.id, ("visa",), NOW),
    "link": lambda records, who, case: desk.link(records, who, case.id, case.id, NOW),
    "resolve": lambda records, who, case: desk.resolve(records, who, case.id, "helped", None, NOW),
    "release": lambda records, who, case: desk.release(records, who, case.id, None, NOW),
    "transfer": lambda records, who, case: desk.transfer(records, who, case.id, "ben", NOW),
    "call back": lambda records, who, case: desk.call_back(records, who, case.id, None, NOW),
    "reopen": lambda records, who, case: desk.take_up(records, who, case.id, NOW),
    "raise": lambda records, who, case: desk.open_case(records, who, case.conversation_id, case.level, None, NOW),
    "close burst": lambda records, who, case: desk.close_burst(records, who, case.id, "not_needed", None, NOW),
    "block": lambda records, who, case: desk.block(records, who, case.id, "cien iguales", NOW),
    "unblock": lambda records, who, case: desk.unblock(records, who, 1, "ya no", NOW),
    "erase": lambda records, who, case: desk.erase(records, who, case.conversation_id, NOW),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", [EVA, EDI])
async def test_who_may_not_does_nothing(world, records, act, who):
    case = await world.case()
    with pytest.raises(desk.NotAllowedError):
        await ACTS[act](records, who, case)
    assert await world.cases.get(case.id) == case


async def test_an_act_on_what_is_no_longer_so_is_refused(world, records):
    case = await world.case()
    claimed = await desk.claim(records, ANA, case.id, NOW, case.version)
    with pytest.raises(StaleCaseError):
        await desk.reply(records, ANA, case.id, "hola", NOW, case.version)
    woken = []
    records.delivery.wake = lambda: woken.append(1)
    await desk.reply(records, ANA, case.id, "hola", NOW, claimed.version)
    assert woken == [1]


async def test_a_coordinator_passes_on_what_others_hold(world, records):
    case = await world.case()
    for name in ("ana", "ben"):
        await world.operators.add(name, "operator", NOW)
    await desk.claim(records, ANA, case.id, NOW)
    with pytest.raises(HeldByAnotherError):
        await desk.transfer(records, BEN, case.id, "ben", NOW)
    assert (await desk.transfer(records, CORA, case.id, "ben", NOW)).claimed_by == "ben"


async def test_a_coordinator_erases_a_person_and_the_log_says_who_did(world, records):
    case = await world.case()
    with pytest.raises(desk.NotAllowedError):
        await desk.erase(records, ANA, case.conversation_id, NOW)
    receipt = await desk.erase(records, CORA, case.conversation_id, NOW)
    left, _ = await world.cases.find(desk.Wanted(), None, 9)
    assert [(one.words, one.category) for one in left] == [("", "violence")], "the open case stays, bare"
    entries = await records.audit.of(str(case.conversation_id))
    assert [(one.who, one.action) for one in entries] == [("cora", "erased")]
    await desk.claim(records, ANA, case.id, LATER)
    await desk.resolve(records, ANA, case.id, "helped", None, LATER)
    with pytest.raises(NoSuchCaseError):
        await world.cases.get(case.id)
    assert len(receipt) >= 6
