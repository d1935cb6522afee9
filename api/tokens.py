"""Tokens with scopes, made and revoked by their owners."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.clock import now
from api.documentation import ANY, problems
from api.guard import KEPT_SECRET, OWN_TOKENS, Caller, GuardedRoute, documented
from api.problems import Problem
from api.service import CurrentService
from api.shapes import Plain
from bot.storage.tokens import SCOPES, Tokens
from bot.wiring import token_ends

router = APIRouter(prefix="/api/v1", tags=["tokens"], route_class=GuardedRoute, dependencies=[documented],
                   responses=ANY)  # fmt: skip
Scope = Annotated[str, Field(json_schema_extra={"enum": list(SCOPES)})]


class TokenIn(BaseModel):
    """What it is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Annotated[str, Field(min_length=1, max_length=80), *Plain] = Field(examples=["tablero de la dirección"])
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(SCOPES))] = Field(examples=[["cases:read"]])
    days: Annotated[int, Field(ge=1, le=3650)] | None = Field(
        default=None, description="null: as long as this service gives tokens (VENTANILLA_TOKEN_DAYS)"
    )


class Token(BaseModel):
    """As it is listed."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    operator: str = Field(examples=["ana"])
    label: str = Field(examples=["tablero de la dirección"])
    scopes: list[str] = Field(examples=[["cases:read"]])
    created_at: AwareDatetime
    expires_at: AwareDatetime | None
    revoked_at: AwareDatetime | None


class NewToken(BaseModel):
    """Shown once; only its hash is kept."""

    id: int
    token: str = Field(examples=["8bJ2…: 43 letters, digits, _ and -"])
    expires_at: AwareDatetime


class TokenList(BaseModel):
    """All of one's own."""

    items: list[Token]


@router.get("/tokens", openapi_extra=OWN_TOKENS, summary="My tokens")
async def mine(service: CurrentService, caller: Caller) -> TokenList:
    """Never the tokens themselves."""
    items = await Tokens(service.database).all(caller.name)
    return TokenList(items=[Token.model_validate(item) for item in items])


@router.post(
    "/tokens", openapi_extra=OWN_TOKENS | KEPT_SECRET, status_code=201, responses=problems(400, 409, 413),
    summary="Make a token for a program",
)  # fmt: skip
async def make(service: CurrentService, caller: Caller, body: TokenIn) -> NewToken:
    """It opens what its scopes name and the owner's role allows, never more than the token that made it."""
    if caller.scopes is not None and not set(body.scopes) <= caller.scopes:
        raise Problem(403, "A token cannot make one that may do more.")
    made_at = now()
    expires = made_at + timedelta(days=body.days) if body.days else token_ends(service.settings, made_at)
    number, token = await Tokens(service.database).add(caller.name, body.label, body.scopes, made_at, expires)
    return NewToken(id=number, token=token, expires_at=expires)


@router.post(
    "/tokens/{number}/rotate", openapi_extra=OWN_TOKENS | KEPT_SECRET, responses=problems(400, 409, 413),
    summary="Another one in its place",
)  # fmt: skip
async def rotate(service: CurrentService, caller: Caller, number: int) -> NewToken:
    """Of the same scopes; the old one opens nothing from now on."""
    made_at = now()
    expires = token_ends(service.settings, made_at)
    tokens = Tokens(service.database)
    if caller.scopes is not None:
        raise Problem(403, "A program's token rotates no other: use your own.")
    return NewToken(
        id=number, expires_at=expires,
        token=await tokens.rotate(number, made_at, caller.name, expires, of=caller.name),
    )  # fmt: skip


@router.delete("/tokens/{number}", openapi_extra=OWN_TOKENS, status_code=204, summary="Revoke one")
async def revoke(service: CurrentService, caller: Caller, number: int) -> Response:
    """One of one's own; it opens nothing from now on."""
    await Tokens(service.database).revoke(number, now(), caller.name, of=caller.name)
    return Response(status_code=204)
