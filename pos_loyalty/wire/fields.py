"""What all messages have in common: fields, each with its limit."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from pos_loyalty.domain.events import AT_US_MAX
from pos_loyalty.domain.texts import TEXT_CHARACTERS_MAX

SEQ_MAX = 2**63 - 1
EPOCH_MAX = 2**32 - 1

Hex16 = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
Hex24 = Annotated[str, Field(pattern=r"^[0-9a-f]{24}$")]
Hex64 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
# As domain.texts: PostgreSQL stores no NUL, and no name moves a printer's cutter.
Short = Annotated[str, Field(max_length=TEXT_CHARACTERS_MAX, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")]
Epoch = Annotated[int, Field(ge=1, le=EPOCH_MAX)]
Seq = Annotated[int, Field(ge=0, le=SEQ_MAX)]
Int64 = Annotated[int, Field(ge=-(2**63), le=2**63 - 1)]
Microseconds = Annotated[int, Field(ge=0, le=AT_US_MAX)]  # Since 1970.


class Message(BaseModel):
    """Anything said on the line."""

    model_config = ConfigDict(frozen=True, extra="ignore")
