"""The member's pass: a signed CWT in a QR, verified offline.

`LY1:` + base45 (RFC 9285) of a COSE_Sign1 (RFC 9052) whose payload is a CWT claims set (RFC 8392).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import base45
import cbor2

from pos_loyalty.domain.credentials import PASS_PREFIX
from pos_loyalty.domain.ids import EPOCH_START, MemberId
from pos_loyalty.wire.seals import KEY_ID_BYTES, SIGNATURE_BYTES, key_id, public_key

if TYPE_CHECKING:
    from cwt.cose_key_interface import COSEKeyInterface

ALGORITHM_EDDSA = -8
ALGORITHM, KEY_ID = 1, 4  # RFC 9052, 3.1
EXPIRES, ISSUED, PASS_ID = 4, 6, 7  # RFC 8392, 4
MEMBER = -70001  # Private use, RFC 8392 9.1
PASS_ID_BYTES = 8
PASS_CHARACTERS_MAX = 300
# What every pass begins and goes on with, in the one deterministic form: a foreign text never
# reaches a parser of arbitrary CBOR. COSE_Sign1 tag, array of 4, protected {1: −8, 4: key id}, {}.
BEGINNING = bytes.fromhex("d2844da201270448")
BEFORE_PAYLOAD = bytes.fromhex("a058")  # {}, bytes with a length of one byte.
BEFORE_SIGNATURE = bytes.fromhex("5840")  # 64 bytes.


@dataclass(frozen=True, slots=True)
class PassClaims:
    """What a pass says: whose it is, and until when it names her."""

    member: MemberId
    pass_id: str  # Hexadecimal.
    issued_at: datetime
    expires_at: datetime


class BadPass(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """A pass that proves nothing. `reason`: damaged, forged or foreign (of an unknown key)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def write_pass(claims: PassClaims, seed: bytes) -> str:
    """Sign a pass with the key of `seed`."""
    from cwt import COSE  # 0.14 s that a till need not pay before its first scan.

    payload = cbor2.dumps(
        {
            EXPIRES: int(claims.expires_at.timestamp()),
            ISSUED: int(claims.issued_at.timestamp()),
            PASS_ID: bytes.fromhex(claims.pass_id),
            MEMBER: claims.member.bytes,
        }
    )
    public = public_key(seed)
    key = _cose_key(public, seed)
    protected = {ALGORITHM: ALGORITHM_EDDSA, KEY_ID: key_id(public)}
    signed = COSE.new().encode_and_sign(payload, key, protected=protected)
    return PASS_PREFIX + base45.b45encode(signed).decode()


def read_pass(text: str, keys: Mapping[bytes, bytes]) -> PassClaims:
    """Verify a pass against the public keys known here (key id → key).

    Says nothing about its expiry: what the time is, is for the caller to know. Raises BadPass.
    """
    from cwt import COSE
    from cwt.exceptions import CWTError

    if len(text) > PASS_CHARACTERS_MAX or not text.startswith(PASS_PREFIX):
        raise BadPass("damaged")
    try:
        signed = base45.b45decode(text.removeprefix(PASS_PREFIX))
    except ValueError as error:
        raise BadPass("damaged") from error
    public = keys.get(_key_name(signed))
    if public is None:
        raise BadPass("foreign")
    try:
        payload = COSE.new().decode(signed, _cose_key(public))
        return _claims(cbor2.loads(payload))
    except (CWTError, ValueError, TypeError, LookupError, OverflowError) as error:
        raise BadPass("forged") from error


def _key_name(signed: bytes) -> bytes:
    """Find which key signed. Raises BadPass for anything but the one form that passes have."""
    name_ends = len(BEGINNING) + KEY_ID_BYTES
    name = signed[len(BEGINNING) : name_ends]
    payload_begins = name_ends + len(BEFORE_PAYLOAD) + 1
    length = signed[payload_begins - 1 : payload_begins]
    payload_ends = payload_begins + int.from_bytes(length, "big")
    whole = payload_ends + len(BEFORE_SIGNATURE) + SIGNATURE_BYTES
    if not (
        len(signed) == whole
        and signed.startswith(BEGINNING)
        and signed.startswith(BEFORE_PAYLOAD, name_ends)
        and signed.startswith(BEFORE_SIGNATURE, payload_ends)
    ):
        raise BadPass("damaged")
    return name


def _claims(payload: Mapping[int, object]) -> PassClaims:
    expires, issued, pass_id, member = (payload[k] for k in (EXPIRES, ISSUED, PASS_ID, MEMBER))
    if not (isinstance(expires, int) and isinstance(issued, int)):
        raise TypeError("instants are whole seconds")
    if not (isinstance(pass_id, bytes) and isinstance(member, bytes)):
        raise TypeError("ids are bytes")
    return PassClaims(
        MemberId(UUID(bytes=member)),
        pass_id.hex(),
        EPOCH_START + timedelta(seconds=issued),
        EPOCH_START + timedelta(seconds=expires),
    )


def _cose_key(public: bytes, seed: bytes | None = None) -> COSEKeyInterface:
    from cwt import COSEKey

    # RFC 9053: kty OKP, alg EdDSA, curve Ed25519, x, d, kid.
    key = {1: 1, 2: key_id(public), 3: ALGORITHM_EDDSA, -1: 6, -2: public}
    return COSEKey.new(key if seed is None else key | {-4: seed})
