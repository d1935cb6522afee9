"""Who I am, who works here, and my own token."""

from fastapi import APIRouter, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.clock import now
from api.documentation import ANY, problems
from api.guard import KEPT_SECRET, ME, OWN_TOKENS, READ_STAFF, Caller, GuardedRoute, documented
from api.problems import Problem
from api.service import CurrentService
from bot.wiring import token_ends

router = APIRouter(prefix="/api/v1", tags=["staff"], route_class=GuardedRoute, dependencies=[documented], responses=ANY)


class Colleague(BaseModel):
    """An account."""

    model_config = ConfigDict(from_attributes=True)

    name: str = Field(examples=["ana"])
    role: str = Field(examples=["operator"])


class Me(Colleague):
    """The caller, and what their token may do."""

    scopes: list[str] | None = Field(description="null: all that the role allows", examples=[["cases:read"]])
    token_expires_at: AwareDatetime | None = Field(description="Of the account's own token; null: no end")


class ColleagueHere(Colleague):
    """An account, as others see it."""

    disabled: bool


class Colleagues(BaseModel):
    """All of them."""

    items: list[ColleagueHere]


class OwnToken(BaseModel):
    """Shown once; only its hash is kept."""

    token: str = Field(examples=["8bJ2…: 43 letters, digits, _ and -"])
    expires_at: AwareDatetime


@router.get("/me", openapi_extra=ME, summary="Who I am")
async def me(caller: Caller) -> Me:
    """Name, role, scopes of this token, and until when the account's own one is good."""
    scopes = None if caller.scopes is None else sorted(caller.scopes)
    return Me(name=caller.name, role=caller.role, scopes=scopes, token_expires_at=caller.token_expires_at)


@router.get("/operators", openapi_extra=READ_STAFF, summary="Who works here")
async def colleagues(service: CurrentService) -> Colleagues:
    """By name, closed accounts too: a case may be theirs."""
    found = await service.operators.list_operators()
    items = [ColleagueHere(name=one.name, role=one.role, disabled=one.disabled_at is not None) for one in found]
    return Colleagues(items=items)


@router.post(
    "/me/token", openapi_extra=OWN_TOKENS | KEPT_SECRET, responses=problems(400, 409, 413), summary="My own token anew",
)  # fmt: skip
async def rotate_own(request: Request, service: CurrentService, caller: Caller) -> OwnToken:
    """The one that this request came with opens nothing from now on."""
    if caller.scopes is not None:
        raise Problem(403, "A program's token rotates no other: use your own.")
    made_at = now()
    ends = token_ends(service.settings, made_at)
    token = await service.operators.rotate(caller.name, made_at, by=caller.name, expires_at=ends)
    return OwnToken(token=token, expires_at=ends)
