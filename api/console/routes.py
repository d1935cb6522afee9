"""All of the console's routes."""

from fastapi import APIRouter

from api.console import (
    account,
    acting,
    auditing,
    counting,
    editing,
    entering,
    flooding,
    preparing,
    programs,
    reading,
    staffing,
)

router = APIRouter(include_in_schema=False)
_PARTS = (account, acting, auditing, counting, editing, flooding, preparing, programs, reading, staffing)
for part in (entering.router, entering.inside, *(one.router for one in _PARTS)):
    router.include_router(part)
