"""`/docs`: the OpenAPI document as a page of our own, without scripts and under the same policy as every page."""

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from api.templating import TEMPLATES

router = APIRouter(include_in_schema=False)
POLICY = {"content-security-policy": "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"}
Schema = Mapping[str, Any]
_BY_TYPE = {"integer": 1, "number": 1.0, "boolean": False, "object": {}, "null": None}
_BY_FORMAT = {
    "uuid": "0b7e9a52-4f0c-4c38-9d34-4c1f0e8f3f7a", "date-time": "2026-11-20T09:30:00Z", "date": "2026-11-20",
}  # fmt: skip


@router.get("/docs")
async def docs(request: Request) -> Response:
    """Every route: who may call it, what it takes, what it gives."""
    told = request.app.openapi()
    known = told["components"]["schemas"]
    rows = sorted(_rows(told["paths"], known), key=lambda row: (row["tag"], row["path"]))
    groups = [(tag, list(found)) for tag, found in groupby(rows, key=lambda row: row["tag"])]
    body = TEMPLATES.get_template("reference.html").render(
        title=told["info"]["title"], about=told["info"]["description"], groups=groups
    )
    return HTMLResponse(body, headers=POLICY)


def example(schema: Schema, known: Mapping[str, Schema]) -> Any:
    """A value that the schema allows: its own example where it has one."""
    if "$ref" in schema:
        return example(known[schema["$ref"].rpartition("/")[2]], known)
    if "examples" in schema:
        return schema["examples"][0]
    for key in ("const", "default"):
        if key in schema:
            return schema[key]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return example(schema["anyOf"][0], known)
    if "properties" in schema:
        return {name: example(one, known) for name, one in schema["properties"].items()}
    if schema.get("type") == "array":
        return [example(schema["items"], known)]
    return _BY_TYPE.get(schema.get("type", ""), _BY_FORMAT.get(schema.get("format", ""), "…"))


def _rows(paths: Mapping[str, Mapping[str, Schema]], known: Mapping[str, Schema]) -> Iterator[dict[str, Any]]:
    for path, methods in paths.items():
        for method, one in methods.items():
            answers = {status: answer for status, answer in one["responses"].items() if status.startswith("2")}
            yield {
                "path": path, "method": method.upper(), "tag": one.get("tags", [""])[0],
                "summary": one.get("summary", ""), "about": one.get("description", ""),
                "roles": one.get("x-roles", []), "scope": one.get("x-scope", ""),
                "parameters": one.get("parameters", []),
                "takes": _shown(one.get("requestBody", {}), known),
                "gives": [(status, answer["description"], _shown(answer, known)) for status, answer in answers.items()],
                "refuses": sorted(status for status in one["responses"] if not status.startswith("2")),
            }  # fmt: skip


def _shown(body: Schema, known: Mapping[str, Schema]) -> str:
    """The example of a body, as JSON or as it is."""
    for media in body.get("content", {}).values():
        value = media["example"] if "example" in media else example(media["schema"], known)
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
    return ""
