"""OpenAPI: every operation of the admin API shows what goes in and what comes out."""

from collections.abc import Iterator
from typing import Any


def shapeless(schema: dict[str, Any], known: dict[str, Any], path: str = "") -> Iterator[str]:
    """Texts in it for which nothing says how they look."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield from shapeless(known[name], known, f"{path}/{name}")
    elif any(word in schema for word in ("examples", "enum", "const", "format", "default")):
        return
    elif "anyOf" in schema:
        for one in schema["anyOf"]:
            yield from () if one.get("type") == "null" else shapeless(one, known, path)
    elif schema.get("type") == "array":
        yield from shapeless(schema["items"], known, path)
    elif "properties" in schema:
        for name, one in schema["properties"].items():
            yield from shapeless(one, known, f"{path}.{name}")
    elif schema.get("type") not in ("integer", "number", "boolean", "object"):
        yield path


async def test_every_body_has_an_example(client):
    told = (await client.get("/openapi.json")).json()
    known, bare = told["components"]["schemas"], []
    for path, methods in told["paths"].items():
        for method, one in methods.items():
            fine = [answer for status, answer in one["responses"].items() if status.startswith("2")]
            for part in (*fine, one.get("requestBody", {})):
                for kind, media in part.get("content", {}).items():
                    if "example" not in media:
                        bare += [f"{method} {path} {kind} {where}" for where in shapeless(media["schema"], known)]
    assert bare == []


async def test_an_export_is_no_json(client):
    told = (await client.get("/openapi.json")).json()
    answers = told["paths"]["/api/v1/escalations/export"]["get"]["responses"]["200"]["content"]
    assert {kind.partition(";")[0] for kind in answers} == {"text/csv", "application/jsonl"}
