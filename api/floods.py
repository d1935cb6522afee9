"""What the desk does against a flood, for programs."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.clock import now
from api.documentation import ANY, CHANGE
from api.guard import READ_CASES, WORK_CASES, Caller, GuardedRoute, documented
from api.service import CurrentService
from api.shapes import Outcome, Plain
from bot import desk

router = APIRouter(
    prefix="/api/v1", tags=["floods"], route_class=GuardedRoute, dependencies=[documented], responses=ANY
)
REASON_LIMIT = 300
LARGEST = 2**62
"""Of a number in a path: more no database keeps."""
Reason = Annotated[str, Field(min_length=1, max_length=REASON_LIMIT, examples=["Cien casos iguales en un minuto"]),
                   *Plain]  # fmt: skip


class CloseIn(BaseModel):
    """How they ended."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    outcome: Outcome
    note: Annotated[str, Field(max_length=2000, examples=["Todos iguales"]), *Plain] | None = None


class Closed(BaseModel):
    """How many cases were closed."""

    closed: int


class BlockIn(BaseModel):
    """Why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Reason


class BlockOut(BaseModel):
    """A network or account that opens no case until then. Which one is kept as a keyed hash alone."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    reason: Reason
    by: str = Field(examples=["ana"])
    at: AwareDatetime
    until: AwareDatetime


class Blocks(BaseModel):
    """All that stand."""

    items: list[BlockOut]


@router.post(
    "/escalations/{case_id}/close-burst", openapi_extra=WORK_CASES, responses=CHANGE,
    summary="Close a case and all that stand behind it",
)  # fmt: skip
async def close(service: CurrentService, case_id: UUID, caller: Caller, body: CloseIn) -> Closed:
    """`more` in the queue says how many stand behind one: cases of the same network, beyond its budget."""
    closed = await desk.close_burst(service, caller, case_id, body.outcome, body.note, now())
    return Closed(closed=closed)


@router.post(
    "/escalations/{case_id}/block", openapi_extra=WORK_CASES, status_code=201, responses=CHANGE,
    summary="Block the network or account that a case came from",
)  # fmt: skip
async def block(service: CurrentService, case_id: UUID, caller: Caller, body: BlockIn) -> BlockOut:
    """For a day. What comes from there is answered, with the help text in danger, and opens no case."""
    return BlockOut.model_validate(await desk.block(service, caller, case_id, body.reason, now()))


@router.get("/blocks", openapi_extra=READ_CASES, summary="What is blocked now")
async def blocks(service: CurrentService, caller: Caller) -> Blocks:
    """Newest first."""
    return Blocks(items=[BlockOut.model_validate(one) for one in await desk.blocks(service, caller, now())])


@router.post(
    "/blocks/{block_id}/unblock", openapi_extra=WORK_CASES, status_code=204, responses=CHANGE, summary="Unblock it"
)
async def unblock(
    service: CurrentService, block_id: Annotated[int, Path(ge=1, le=LARGEST)], caller: Caller, body: BlockIn
) -> None:
    """It opens cases again at once."""
    await desk.unblock(service, caller, block_id, body.reason, now())
