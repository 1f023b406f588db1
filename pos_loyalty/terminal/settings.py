"""What a shop's IT sets for one till: its devices and its look, in devices.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pos_loyalty.domain.errors import WrongDocument

FILE = "devices.toml"


class Part(BaseModel):
    """A table of the file: nothing unknown is let through."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DeviceSetting(Part):
    """One device: the driver's name, and what that driver wants to know."""

    name: str = ""  # As people call it; empty: the driver's name.
    driver: str
    settings: dict[str, str] = {}


class ScreenSetting(Part):
    """How the till looks."""

    language: str = ""  # Empty: the store's.
    dark: bool = False
    scale_percent: int = Field(default=100, ge=100, le=200)
    full_screen: bool = False


class Settings(Part):
    """Everything in the file; all of it may be left out."""

    scanners: tuple[DeviceSetting, ...] = ()
    cameras: tuple[DeviceSetting, ...] = ()
    printer: DeviceSetting | None = None
    screen: ScreenSetting = ScreenSetting()


def read_settings(folder: Path) -> Settings:
    """Read the file; without one everything is as usual. Raises WrongDocument."""
    file = folder / FILE
    if not file.exists():
        return Settings()
    try:
        return Settings.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = ".".join(str(part) for part in first["loc"])
        raise WrongDocument(
            file=str(file), path=path, found=repr(first["input"]), allowed=first["msg"]
        ) from error
    except ValueError as error:
        raise WrongDocument(
            file=str(file), path="(whole)", found=str(error), allowed="TOML in UTF-8"
        ) from error
