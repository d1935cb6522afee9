"""A search opens thousands of texts beside the loop on which everybody's messages run."""

import threading

from bot.storage import Searches
from bot.storage.crypto import Cipher


async def test_texts_are_opened_off_the_loop(world, monkeypatch):
    for number in range(20):
        await world.case(who=f"p{number}")
    opened: list[bool] = []
    decrypt = Cipher.decrypt

    def watched(self: Cipher, *given: object) -> str:
        opened.append(threading.current_thread() is threading.main_thread())
        return decrypt(self, *given)

    monkeypatch.setattr(Cipher, "decrypt", watched)
    found = await Searches(world.database).find("zanahoria")
    assert (len(found.hits), len(opened) >= 40, any(opened)) == (0, True, False)
    found = await Searches(world.database).find("me PÉGA")
    assert (len(found.hits), found.hits[0].excerpt, found.whole) == (20, "me pega", True)
