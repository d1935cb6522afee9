"""Errors as operators read them."""

from fastapi import Request, Response

from api.console import page
from api.problems import Problem

_WORDS = {404: "console.not_found", 405: "console.not_found", 422: "console.not_found", 413: "console.too_long"}


def excuse(request: Request, problem: Problem) -> Response:
    """A page that says what went wrong."""
    key = _WORDS.get(problem.status_code, "console.busy" if problem.status_code == 503 else "console.failed")
    return page.message(request, problem.status_code, key, problem.headers)
