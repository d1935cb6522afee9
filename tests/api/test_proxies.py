"""Behind a proxy everybody keeps their own address, where the setting names the proxy; else a warning names it."""

import logging

import pytest

from api.limits import Flood
from api.service import current_flood
from bot.cli.server import addresses
from bot.settings import Settings
from tests.support.app import app_before
from tests.support.web_chat import open_web, visit

PROXY = "172.18.0.1"


async def flooded(service, **forwarded: str) -> int:
    """The status of a question that comes after a network's limit, asked through a proxy by somebody else."""
    app = app_before(service, service.trusted_proxies)
    loud = visit(service, PROXY, app)
    loud.client.headers["x-forwarded-for"] = "203.0.113.9"
    flood = Flood(network=3)
    app.dependency_overrides[current_flood] = lambda: flood
    await loud.open()
    for number in range(4):
        await loud.say("", once=f"number-{number:04}")
    other = visit(service, PROXY, app)
    other.client.headers.update(forwarded)
    await other.open()
    for number in range(2):
        await other.say("cuánto cuesta el pasaporte", once=f"other-{number:04}")
    return other.answer.status_code


async def test_behind_a_trusted_proxy_each_network_has_its_own_limit(tmp_path, knowledge):
    async with open_web(tmp_path, knowledge, trusted_proxies="10.0.0.0/8, 172.16.0.0/12") as service:
        assert await flooded(service, **{"x-forwarded-for": "198.51.100.4"}) == 200
        assert await flooded(service, **{"x-forwarded-for": "198.51.100.4, 10.0.0.7"}) == 200, "two proxies, both ours"
        assert await flooded(service, **{"x-forwarded-for": "198.51.100.4, 203.0.113.9"}) == 429, "what they say is not"


async def test_behind_a_proxy_that_nobody_named_a_warning_names_the_setting_once(tmp_path, knowledge, caplog):
    async with open_web(tmp_path, knowledge) as service:
        assert await flooded(service, **{"x-forwarded-for": "198.51.100.4"}) == 429
    said = [one.message for one in caplog.records if "VENTANILLA_TRUSTED_PROXIES" in one.message]
    assert len(said) == 1
    assert PROXY in said[0]


async def test_a_stranger_that_forwards_for_others_is_not_believed_and_not_warned_of(tmp_path, knowledge, caplog):
    caplog.set_level(logging.WARNING)
    async with open_web(tmp_path, knowledge, trusted_proxies="10.0.0.0/8") as service:
        visitor = visit(service, "9.9.9.9", app_before(service, service.trusted_proxies))
        await visitor.open(**{"x-forwarded-for": "10.0.0.1"})
    assert "VENTANILLA_TRUSTED_PROXIES" not in caplog.text


@pytest.mark.parametrize("wrong", ["not a network", "10.0.0.0/99", "10.0.0.1/8"])
def test_what_is_no_network_stops_the_start(wrong):
    with pytest.raises(ValueError, match="networks like"):
        Settings(_env_file=None, trusted_proxies=wrong)


def test_the_start_asks_for_the_proxy_where_the_world_comes_by_https():
    asked = Settings(_env_file=None, public_url="https://v.example")
    assert any("VENTANILLA_TRUSTED_PROXIES" in line for line in addresses(asked))
    for settled in ({}, {"public_url": "https://v.example", "trusted_proxies": "10.0.0.0/8"}):
        lines = addresses(Settings(_env_file=None, **settled))
        assert not any("VENTANILLA_TRUSTED_PROXIES" in line for line in lines)
