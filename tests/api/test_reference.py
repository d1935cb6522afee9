"""`/docs`: bundled, without scripts, under the policy of every page; its examples can be sent as they are."""

import json
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel

from api import content, content_shapes, floods, shapes, tokens
from api.middleware import HEADERS
from api.reference import example


async def test_the_docs_need_nothing_from_elsewhere(client):
    page = await client.get("/docs")
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert "http" not in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    for name in set(HEADERS) - {"content-security-policy"}:
        assert page.headers[name] == HEADERS[name]
    assert "<script" not in page.text
    assert 'src="http' not in page.text
    assert (await client.get("/console/static/console.css")).status_code == 200
    told = (await client.get("/openapi.json")).json()
    for path in told["paths"]:
        assert path in page.text


async def test_every_example_of_a_body_can_be_sent(client):
    """Each is taken by the shape that it is an example of."""
    told = (await client.get("/openapi.json")).json()
    known = told["components"]["schemas"]
    models = {
        name: model
        for module in (shapes, content_shapes, tokens, content, floods) for name, model in vars(module).items()
        if isinstance(model, type) and issubclass(model, BaseModel)
    }  # fmt: skip
    seen = 0
    for methods in told["paths"].values():
        for one in methods.values():
            for media in one.get("requestBody", {}).get("content", {}).values():
                schema = media["schema"]
                ref = next(each for each in (schema, *schema.get("anyOf", ())) if "$ref" in each)["$ref"]
                name = ref.rpartition("/")[2]
                models[name].model_validate_json(json.dumps(example(schema, known)))
                seen += 1
    assert seen >= 14


async def test_the_hour_of_a_call_back_in_the_example_can_be_promised(client):
    told = (await client.get("/openapi.json")).json()
    known = told["components"]["schemas"]
    at = datetime.fromisoformat(example(known["CallBackIn"], known)["at"])
    assert datetime.now(UTC) < at < datetime.now(UTC) + timedelta(days=60)
