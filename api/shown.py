"""Cases as the API answers with them: with how many stand behind each in the queue."""

from collections.abc import Sequence

from api import shapes
from bot.conversation.case import Case
from bot.conversation.ports import StoreBusyError
from bot.wiring import Service


async def shown(service: Service, cases: Sequence[Case]) -> list[shapes.Case]:
    """In the same order."""
    try:
        more = await service.floods.more(cases)
    except StoreBusyError:  # what was done with them stands: who hears of a failure would do it once more
        more = {}
    return [shapes.Case.model_validate(case).model_copy(update={"more": more.get(case.id, 0)}) for case in cases]


async def shown_one(service: Service, case: Case) -> shapes.Case:
    """One alone."""
    return (await shown(service, [case]))[0]
