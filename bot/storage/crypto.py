"""Everything secret: keys derived from SECRET_KEY, encryption of texts, the hash that finds an address."""

import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.conversation.messages import person_in
from bot.storage.errors import WeakSecretKeyError

MIN_SECRET = 32
_UNPLACED, _PLACED = b"\x01", b"\x02"
"""First byte of all that is encrypted: whether the place is part of what is authenticated. Only migration 0023 reads
what is not.
"""
_NONCE = 12


class Cipher:
    """The keys of one installation."""

    def __init__(self, secret_key: str) -> None:
        if len(secret_key) < MIN_SECRET:
            raise WeakSecretKeyError(f"SECRET_KEY must have {MIN_SECRET} characters or more, it has {len(secret_key)}.")
        secret = secret_key.encode()
        self._aead = AESGCM(_derived(secret, b"encryption"))
        self._lookup = _derived(secret, b"lookup")
        self._marks = _derived(secret, b"marks")
        self.check = _derived(secret, b"check")
        """Tells this key from another one, and nothing else."""

    def encrypt(self, text: str, place: str) -> bytes:
        """Version, random nonce, AES-256-GCM; the same text never looks the same twice, and opens in `place` alone."""
        nonce = os.urandom(_NONCE)
        # A lone half of an emoji is valid JSON, but not UTF-8: a question mark is better than a lost message.
        return _PLACED + nonce + self._aead.encrypt(nonce, text.encode("utf-8", "replace"), _PLACED + place.encode())

    def decrypt(self, blob: bytes, place: str) -> str:
        """What `encrypt` was given; raises InvalidTag where a byte was changed, or it stood in another place."""
        if blob[:1] != _PLACED:
            raise InvalidTag
        return self._opened(blob, _PLACED + place.encode())

    def decrypt_older(self, blob: bytes, column: str) -> str:
        """What was written before texts were bound to rows, some of it before they were bound to columns."""
        return self._opened(blob, _UNPLACED if blob[:1] == _UNPLACED else _PLACED + column.encode())

    def _opened(self, blob: bytes, authenticated: bytes) -> str:
        nonce = blob[1 : 1 + _NONCE]
        return self._aead.decrypt(nonce, blob[1 + _NONCE :], authenticated).decode()

    def address_key(self, channel: str, address: str) -> bytes:
        """Finds a person without their address: HMAC-SHA256 of channel and the person's part of the address."""
        return hmac.digest(self._lookup, f"{channel}\0{person_in(address)}".encode("utf-8", "replace"), "sha256")

    def keyed(self, purpose: str, text: str) -> bytes:
        """A mark that only this key makes: HMAC-SHA256 of what is never kept itself, or of what we hand out."""
        return hmac.digest(self._marks, f"{purpose}\0{text}".encode("utf-8", "replace"), "sha256")

    def delivery_key(self, channel: str, delivery_id: str) -> bytes:
        """Knows a delivery again without its id: 16 bytes of HMAC-SHA256."""
        told = f"delivery\0{channel}\0{delivery_id}".encode("utf-8", "replace")
        return hmac.digest(self._lookup, told, "sha256")[:16]


def load_or_make_secret(path: Path) -> str:
    """The key in this private file; made on the first start. Losing it loses all that was encrypted."""
    if not path.exists():
        _make_secret(path)
    return path.read_text("ascii").strip()


def token_hash(token: str) -> bytes:
    """What is kept of an API token; 256 random bits need no salt and no slow hash."""
    return sha256(token.encode("utf-8", "replace")).digest()


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=b"ventanilla", info=purpose).derive(secret)


def _make_secret(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    try:
        # A link appears whole or not at all, and never over a key that is there: not after a power cut, not in a race.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    _sync_directory(path.parent)


def _sync_directory(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
