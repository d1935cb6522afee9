"""All of the console's routes."""

from fastapi import APIRouter

from api.console import account, acting, counting, editing, entering, flooding, reading

router = APIRouter(include_in_schema=False)
_PARTS = (account, acting, counting, editing, flooding, reading)
for part in (entering.router, entering.inside, *(one.router for one in _PARTS)):
    router.include_router(part)
