"""Accounts: tokens end and are rotated, a closed account opens again, owners change what is theirs."""

from datetime import timedelta

import pyotp
import pytest
from argon2 import PasswordHasher

from bot.storage import Audit, Logins, Sessions, Tokens
from bot.storage import logins as logins_module
from bot.storage.errors import LogInRefusedError, NoSuchSessionError, NoSuchTokenError, OperatorExistsError
from tests.storage.conftest import NOW

A_DAY = timedelta(days=1)
OLD, NEW = "una clave bastante larga", "otra clave bastante larga"


@pytest.fixture(autouse=True)
def quick_hash(monkeypatch) -> None:
    monkeypatch.setattr(logins_module, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


async def log_of(world) -> list[tuple[str, str]]:
    return [(one.who, one.action) for one in (await Audit(world.database).page(None, 20))[0]][::-1]


async def test_a_token_ends_and_is_rotated(world):
    token = await world.operators.add("ana", "operator", NOW, expires_at=NOW + A_DAY)
    assert (await world.operators.authenticate(token, NOW)).token_expires_at == NOW + A_DAY
    assert await world.operators.authenticate(token, NOW + A_DAY) is None
    another = await world.operators.rotate("ana", NOW, by="ana", expires_at=NOW + 3 * A_DAY)
    assert await world.operators.authenticate(token, NOW) is None
    assert (await world.operators.authenticate(another, NOW + 2 * A_DAY)).name == "ana"
    assert await log_of(world) == [("cli", "account made"), ("ana", "token rotated")]


async def test_a_programs_token_is_rotated_by_its_owner(world):
    await world.operators.add("ana", "operator", NOW)
    await world.operators.add("ben", "operator", NOW)
    number, token = await Tokens(world.database).add("ana", "tablero", ["cases:read"], NOW, by="cli")
    another = await Tokens(world.database).rotate(number, NOW, "ana", NOW + A_DAY, of="ana")
    assert await world.operators.authenticate(token, NOW) is None
    assert (await world.operators.authenticate(another, NOW)).scopes == {"cases:read"}
    with pytest.raises(NoSuchTokenError):
        await Tokens(world.database).rotate(number, NOW, "ben", None, of="ben")


@pytest.mark.parametrize("number", [2**63, 2**200, 0, -1, -(2**70), 99])
async def test_a_number_that_no_token_has(world, number):
    with pytest.raises(NoSuchTokenError):
        await Tokens(world.database).revoke(number, NOW, "ana")


async def test_a_closed_account_opens_again_with_a_new_token_alone(world):
    token = await world.operators.add("ana", "operator", NOW)
    _, program = await Tokens(world.database).add("ana", "tablero", ["cases:read"], NOW)
    await Logins(world.database).set_password("ana", OLD, NOW)
    session = await Logins(world.database).log_in("ana", OLD, "", NOW)
    await world.operators.disable("ana", NOW)
    another = await world.operators.enable("ana", NOW)
    assert await world.operators.authenticate(token, NOW) is None
    assert await world.operators.authenticate(program, NOW) is None
    assert await Logins(world.database).whose(session, NOW) is None
    assert (await world.operators.authenticate(another, NOW)).disabled_at is None
    assert (await log_of(world))[-2:] == [("cli", "account closed"), ("cli", "account opened")]


async def test_nobody_is_called_like_the_command_line(world):
    with pytest.raises(OperatorExistsError):
        await world.operators.add("cli", "coordinator", NOW)


async def test_an_owner_changes_the_password_and_stays_logged_in_here_alone(world):
    await world.operators.add("ana", "operator", NOW)
    logins = Logins(world.database)
    await logins.set_password("ana", OLD, NOW)
    elsewhere = await logins.log_in("ana", OLD, "", NOW)
    ana = await logins.whose(elsewhere, NOW)
    with pytest.raises(LogInRefusedError):
        await logins.change_password(ana, "wrong", "", NEW, NOW)
    here = await logins.change_password(ana, OLD, "", NEW, NOW)
    assert await logins.whose(elsewhere, NOW) is None
    assert (await logins.whose(here, NOW)).name == "ana"
    assert await logins.log_in("ana", NEW, "", NOW)


async def test_an_owner_sets_a_second_factor_by_proving_it_and_takes_it_off_by_proving_it(world):
    await world.operators.add("cora", "coordinator", NOW)
    logins, secret = Logins(world.database), pyotp.random_base32()
    await logins.set_password("cora", OLD, NOW)
    cora = await logins.whose(await logins.log_in("cora", OLD, "", NOW), NOW)
    assert not cora.has_totp
    code = pyotp.TOTP(secret).at(NOW)
    for wrong in ((OLD, "000000", secret), ("wrong", code, secret), (OLD, code, "short")):
        with pytest.raises(LogInRefusedError):
            await logins.change_second_factor(cora, wrong[0], wrong[1], NOW, secret=wrong[2])
    here = await logins.change_second_factor(cora, OLD, code, NOW, secret=secret)
    cora = await logins.whose(here, NOW)
    assert cora.has_totp
    with pytest.raises(LogInRefusedError):
        await logins.log_in("cora", OLD, code, NOW)  # it proved the factor already: seen once, it opens nothing
    with pytest.raises(LogInRefusedError):
        await logins.change_second_factor(cora, OLD, "", NOW, secret=None)
    later = NOW + timedelta(minutes=2)
    here = await logins.change_second_factor(cora, OLD, pyotp.TOTP(secret).at(later), later, secret=None)
    assert not (await logins.whose(here, later)).has_totp


async def test_sessions_are_listed_and_ended(world):
    logins = Logins(world.database)
    for name in ("ana", "ben"):
        await world.operators.add(name, "operator", NOW)
        await logins.set_password(name, OLD, NOW)
    first, second, other = [await logins.log_in(name, OLD, "", NOW) for name in ("ana", "ana", "ben")]
    mine = Sessions(world.database, "ana")
    assert sorted(one.is_this for one in await mine.all(NOW, first)) == [False, True]
    (elsewhere,) = [one for one in await mine.all(NOW, first) if not one.is_this]
    (of_ben,) = await Sessions(world.database, "ben").all(NOW, other)
    with pytest.raises(NoSuchSessionError):
        await mine.end(of_ben.id, NOW, "ana")
    await mine.end(elsewhere.id, NOW, "ana")
    assert await logins.whose(second, NOW) is None
    third = await logins.log_in("ana", OLD, "", NOW)
    assert await mine.end_all(NOW, "ana", but=first) == 1
    assert [bool(await logins.whose(one, NOW)) for one in (first, third, other)] == [True, False, True]
    assert await mine.all(NOW + timedelta(hours=13), first) == []
