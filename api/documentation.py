"""The answers that every guarded route may give instead, as OpenAPI shows them."""

from http import HTTPStatus
from typing import Any

from api.problems import MEDIA_TYPE, TYPE_PREFIX

_SCHEMA = {
    "type": "object",
    "description": "RFC 9457; further members stand beside these.",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "claimed_by": {"type": ["string", "null"]},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "detail": {"type": "string"},
                    "pointer": {"type": "string", "description": "JSON pointer into the body"},
                    "parameter": {"type": "string", "description": "Of the path or the query"},
                },
            },
        },
    },
}

_EXAMPLES: dict[int, dict[str, Any]] = {
    400: {"detail": "There was an error parsing the body"},
    401: {"detail": "Send Authorization: Bearer TOKEN."},
    403: {"detail": "Not for the role auditor."},
    404: {"detail": "There is no such case, or it was erased."},
    409: {"type": f"{TYPE_PREFIX}held", "detail": "Somebody else holds this case.", "claimed_by": "ana"},
    413: {"detail": "The body is longer than 262144 bytes."},
    422: {
        "type": f"{TYPE_PREFIX}invalid",
        "detail": "The request cannot be used: see errors. A body is JSON.",
        "errors": [{"detail": "Field required", "pointer": "#/text"}],
    },
    503: {"type": f"{TYPE_PREFIX}busy", "detail": "The database is busy; try again."},
}


def _documented(status: int, members: dict[str, Any]) -> dict[str, Any]:
    phrase = HTTPStatus(status).phrase
    example = {"type": "about:blank", "title": phrase, "status": status, **members}
    return {"description": phrase, "content": {MEDIA_TYPE: {"schema": _SCHEMA, "example": example}}}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What FastAPI takes as `responses`."""
    return {status: _documented(status, _EXAMPLES[status]) for status in statuses}


ANY = problems(401, 403, 404, 422, 503)
CHANGE = problems(400, 409, 413)
