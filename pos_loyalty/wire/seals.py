"""Signatures: who sent these bytes, and which question an answer belongs to (Ed25519)."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE_BYTES = 64
REQUEST_TAG = b"LYQ1"
REPLY_TAG = b"LYR1"
KEY_ID_BYTES = 8


def new_seed() -> bytes:
    """Make a private key; its 32 bytes are to be kept secret."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key(seed: bytes) -> bytes:
    """Derive the 32 public bytes of a private key."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def key_id(public: bytes) -> bytes:
    """Shorten a public key to its name."""
    return public[:KEY_ID_BYTES]


def sign_request(seed: bytes, path: str, body: bytes) -> bytes:
    """Sign what a till asks: the path and the uncompressed body."""
    return _sign(seed, REQUEST_TAG + path.encode() + b"\0" + body)


def verify_request(public: bytes, path: str, body: bytes, signature: bytes) -> bool:
    """Whether the holder of `public` asked exactly this."""
    return _verify(public, REQUEST_TAG + path.encode() + b"\0" + body, signature)


def sign_reply(seed: bytes, request_signature: bytes, body: bytes) -> bytes:
    """Sign an answer together with its question, so that it answers nothing else."""
    return _sign(seed, REPLY_TAG + request_signature + body)


def verify_reply(public: bytes, request_signature: bytes, body: bytes, signature: bytes) -> bool:
    """Whether the server answered exactly this to exactly that question."""
    return _verify(public, REPLY_TAG + request_signature + body, signature)


def _sign(seed: bytes, message: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def _verify(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
