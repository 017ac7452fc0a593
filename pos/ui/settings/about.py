"""What program and which book this is."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pos

if TYPE_CHECKING:
    from pos.services.till import Till


@dataclass(frozen=True)
class About:
    """Facts for the page. `zone` is the stand's time zone."""

    version: str
    folder: Path
    stand: str
    till_code: str
    prefix: str
    zone: str


def about(till: "Till") -> About:
    """The facts as they hold now."""
    info = till.info
    return About(
        version=pos.__version__,
        folder=till.folder,
        stand=f"{info.stand_name} ({info.stand_code})",
        till_code=info.till_code,
        prefix=info.prefix,
        zone=info.zone,
    )
