"""Errors as people read them: what went wrong, that their words are not lost, and the emergency number."""

from collections.abc import Mapping

from fastapi import Request, Response

from api.chat.page import message, said
from api.chat.policy import is_ours
from api.problems import Problem, render

_WORDS = {404: "chat.not_found", 405: "chat.not_found", 413: "chat.too_long"}
"""What is said of a status; of all others that something failed."""


def excuse(request: Request, problem: Problem) -> Response:
    """A page below /chat, problem JSON everywhere else."""
    if not is_ours(request.url.path):
        return render(problem)
    headers: Mapping[str, str] = problem.headers or {}
    return message(request, problem.status_code, said(request, _WORDS.get(problem.status_code, "chat.failed")), headers)
