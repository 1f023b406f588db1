"""What a shop's IT sets for one till: its devices and its look, in devices.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.i18n import LANGUAGES

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

FILE = "devices.toml"
FOUND_MAX = 80  # Characters.


class Part(BaseModel):
    """A table of the file: nothing unknown is let through."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DeviceSetting(Part):
    """One device: the driver's name, and what that driver wants to know."""

    name: str = ""  # As people call it; empty: the driver's name.
    driver: str
    settings: dict[str, str] = {}


def _language(tag: str) -> str:
    if tag and tag not in LANGUAGES:
        raise ValueError(", ".join(LANGUAGES))
    return tag


class ScreenSetting(Part):
    """How the till looks."""

    language: Annotated[str, AfterValidator(_language)] = ""  # Empty: the store's.
    dark: bool = False
    scale_percent: int = Field(default=100, ge=100, le=200)
    full_screen: bool = False


class Settings(Part):
    """Everything in the file; all of it may be left out."""

    scanners: tuple[DeviceSetting, ...] = ()
    cameras: tuple[DeviceSetting, ...] = ()
    printer: DeviceSetting | None = None
    screen: ScreenSetting = ScreenSetting()


TABLES: dict[str, type[Part]] = {
    "scanners": DeviceSetting,
    "cameras": DeviceSetting,
    "printer": DeviceSetting,
    "screen": ScreenSetting,
}


def read_settings(folder: Path) -> Settings:
    """Read the file; without one everything is as usual. Raises WrongDocument."""
    file = folder / FILE
    if not file.exists():
        return Settings()
    try:
        return Settings.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        raise _wrong(file, error.errors(include_url=False)[0]) from error
    except ValueError as error:
        raise WrongDocument(
            file=str(file), path="(whole)", found=str(error), allowed="TOML in UTF-8"
        ) from error


def _wrong(file: Path, first: ErrorDetails) -> WrongDocument:
    """Say one thing that is wrong: where it is, what was found, what is allowed."""
    *table, last = first["loc"]
    found, allowed = repr(first["input"]), first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        parts = [part for part in table if isinstance(part, str)]
        words = TABLES[parts[-1]] if parts else Settings
        found, allowed = f"unknown word {last!r}", ", ".join(words.model_fields)
    elif first["type"] == "missing":
        found, allowed = "nothing", "it must be there"
    return WrongDocument(
        file=str(file), path=_path(first["loc"]), found=found[:FOUND_MAX], allowed=allowed
    )


def _path(location: tuple[int | str, ...]) -> str:
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in location).lstrip(".")
