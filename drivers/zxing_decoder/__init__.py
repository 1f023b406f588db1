"""Codes in pictures, found by zxing-cpp."""

from __future__ import annotations

from pos_loyalty.ports.devices import Decoder, DeviceFault, FaultKind


def open_decoder() -> Decoder:
    """Load the decoder. Raises DeviceFault where zxing-cpp is not installed."""
    try:
        from drivers.zxing_decoder.decoder import ZxingDecoder  # Late: it loads OpenCV, too.
    except ImportError as error:
        raise DeviceFault(FaultKind.MISSING_LIBRARY, "zxing-cpp", str(error)) from error
    return ZxingDecoder()
