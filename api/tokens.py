"""Tokens with scopes, made and revoked by their owners."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.documentation import ANY, problems
from api.guard import OWN_TOKENS, Caller, GuardedRoute, documented
from api.problems import Problem
from api.service import service_of
from api.shapes import Plain
from bot.storage.tokens import SCOPES, Tokens

router = APIRouter(prefix="/api/v1", tags=["tokens"], route_class=GuardedRoute, dependencies=[documented],
                   responses=ANY)  # fmt: skip
Scope = Annotated[str, Field(json_schema_extra={"enum": list(SCOPES)})]


class TokenIn(BaseModel):
    """What it is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Annotated[str, Field(min_length=1, max_length=80), *Plain] = Field(examples=["tablero de la dirección"])
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(SCOPES))] = Field(examples=[["cases:read"]])
    days: Annotated[int, Field(ge=1, le=3650)] | None = Field(default=None, description="null: until it is revoked")


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


class TokenList(BaseModel):
    """All of one's own."""

    items: list[Token]


@router.get("/tokens", openapi_extra=OWN_TOKENS, summary="My tokens")
async def mine(request: Request, caller: Caller) -> TokenList:
    """Never the tokens themselves."""
    items = await Tokens(service_of(request).database).all(caller.name)
    return TokenList(items=[Token.model_validate(item) for item in items])


@router.post(
    "/tokens", openapi_extra=OWN_TOKENS, status_code=201, responses=problems(400, 413),
    summary="Make a token for a program",
)  # fmt: skip
async def make(request: Request, caller: Caller, body: TokenIn) -> NewToken:
    """It opens what its scopes name and the owner's role allows, never more than the token that made it."""
    if caller.scopes is not None and not set(body.scopes) <= caller.scopes:
        raise Problem(403, "A token cannot make one that may do more.")
    now = datetime.now(UTC)
    expires = now + timedelta(days=body.days) if body.days else None
    number, token = await Tokens(service_of(request).database).add(caller.name, body.label, body.scopes, now, expires)
    return NewToken(id=number, token=token)


@router.delete("/tokens/{number}", openapi_extra=OWN_TOKENS, status_code=204, summary="Revoke one")
async def revoke(request: Request, caller: Caller, number: int) -> Response:
    """One of one's own; it opens nothing from now on."""
    await Tokens(service_of(request).database).revoke(number, datetime.now(UTC), caller.name, of=caller.name)
    return Response(status_code=204)
