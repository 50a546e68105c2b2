"""What is in an encrypted case, read without SQLCipher: by the algorithms that the docs say it uses.

Source: https://www.zetetic.net/sqlcipher/design/, and what `PRAGMA cipher_settings` says.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

if TYPE_CHECKING:
    from pathlib import Path

PAGE, SALT, IV, TAG = 4_096, 16, 16, 64


def decipher(path: Path, passphrase: str) -> bytes:
    """Return all pages of a file in clear, free ones too."""
    data = path.read_bytes()
    salt = data[:SALT]
    key = hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, 256_000, 32)
    tag_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in salt), 2, 32)
    clear = []
    for number, start in enumerate(range(0, len(data), PAGE), 1):
        page = data[start + (SALT if number == 1 else 0) : start + PAGE]
        body, iv, tag = page[: -IV - TAG], page[-IV - TAG : -TAG], page[-TAG:]
        made = hmac.new(tag_key, body + iv + number.to_bytes(4, "little"), "sha512").digest()
        if not hmac.compare_digest(made, tag):
            message = f"page {number} was changed, or the passphrase is another"
            raise ValueError(message)
        pages = Cipher(algorithms.AES256(key), modes.CBC(iv)).decryptor()
        clear.append(pages.update(body) + pages.finalize())
    return b"".join(clear)
