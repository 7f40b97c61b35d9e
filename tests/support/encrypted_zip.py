"""Write ZIP archives with the old encryption, which Python can only read (APPNOTE.TXT 6.1)."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

_TABLE = [0] * 256
for _number in range(256):
    _value = _number
    for _ in range(8):
        _value = (_value >> 1) ^ (0xEDB88320 if _value & 1 else 0)
    _TABLE[_number] = _value


def _crc(byte: int, crc: int) -> int:
    return (crc >> 8) ^ _TABLE[(crc ^ byte) & 0xFF]


def _encrypt(plain: bytes, password: bytes) -> bytes:
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = _crc(byte, keys[0])
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = _crc(keys[1] >> 24, keys[2])

    for byte in password:
        update(byte)
    out = bytearray()
    for byte in bytes(11) + bytes([zlib.crc32(plain) >> 24]) + plain:
        mix = (keys[2] | 2) & 0xFFFF
        out.append(byte ^ (((mix * (mix ^ 1)) >> 8) & 0xFF))
        update(byte)
    return bytes(out)


def encrypted_zip(name: str, plain: bytes, password: str) -> bytes:
    """Return an archive with one file that needs the password."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), _encrypt(plain, password.encode()))
    made = bytearray(data.getvalue())
    central = made.index(b"PK\x01\x02")
    for start, flags, crc in ((0, 6, 14), (central, 8, 16)):
        struct.pack_into("<H", made, start + flags, 1)
        struct.pack_into("<I", made, start + crc, zlib.crc32(plain))
        struct.pack_into("<I", made, start + crc + 8, len(plain))
    return bytes(made)
