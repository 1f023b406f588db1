"""Codes in pictures, found by zbar: it reads some EAN-13 that zxing-cpp does not."""

from __future__ import annotations

from pos_loyalty.ports.devices import Decoder, DeviceFault, FaultKind


def open_decoder() -> Decoder:
    """Load the decoder. Raises DeviceFault where the system has no libzbar (libzbar0)."""
    try:
        from drivers.zbar_decoder.decoder import ZbarDecoder  # Late: it loads a system library.
    except (ImportError, OSError) as error:  # Windows says OSError.
        raise DeviceFault(FaultKind.MISSING_LIBRARY, "libzbar0", str(error)) from error
    return ZbarDecoder()
