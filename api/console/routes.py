"""All of the console's routes."""

from fastapi import APIRouter

from api.console import account, acting, counting, editing, entering, reading

router = APIRouter(include_in_schema=False)
for part in (
    entering.router,
    entering.inside,
    account.router,
    reading.router,
    acting.router,
    counting.router,
    editing.router,
):
    router.include_router(part)
