"""The bundled sample: where its stories lie, and the small archive that is made from them.

The sample has an archive of its own in the user's cache folder, so that invented news never mixes
with real news. Its folder's name holds a fingerprint of the stories and of the extraction engine:
after an upgrade a new one is made, and the old one goes. `python -m reader.sample` makes it, and
prints how far it has come, a JSON object a line; the screen starts that when it is already up.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reader import paths

if TYPE_CHECKING:
    from reader.core.records import ImportProgress

REMOVED_KEY = "sample.removed"
"""The key in the state of the user's own archive that says the sample is not wanted any more."""

_PREFIX = "sample-"


def sample_files() -> Path | None:
    """The folder of the sample's stories: in the wheel `reader/data/sample`, in a checkout
    `data/sample`; None where there is neither."""
    here = Path(__file__).resolve().parent
    for folder in (here / "data" / "sample", here.parent / "data" / "sample"):
        if folder.is_dir():
            return folder
    return None


def sample_archive_folder() -> Path:
    """The folder of the sample's archive, whether it has been made yet or not."""
    return paths.cache_folder() / f"{_PREFIX}{_fingerprint()}"


def is_complete(folder: Path) -> bool:
    """Whether the sample's archive in `folder` holds every story."""
    return (folder / "complete").is_file()


def build(on_progress: Callable[[ImportProgress], None] | None = None) -> Path:
    """Make the sample's archive and return its folder; what is there already is kept.

    It can be read while it grows (`Library.data_version` changes). Raises ArchiveError (no sample,
    or a folder that cannot be written). Archives of earlier samples are removed from the cache.
    """
    from reader.errors import ArchiveError
    from reader.library import Library

    stories = sample_files()
    if stories is None:
        raise ArchiveError("the bundled sample is missing from this installation")
    folder = sample_archive_folder()
    if is_complete(folder):
        return folder
    library = Library.open(folder, is_sample=True)
    try:
        for _ in library.import_paths([stories], on_progress=on_progress):
            pass
    finally:
        library.close()
    try:
        (folder / "complete").touch()
    except OSError as error:
        raise ArchiveError(f"{folder}: {error.strerror}") from error
    for other in folder.parent.glob(f"{_PREFIX}*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    return folder


def _fingerprint() -> str:
    """Eight characters that change with the sample's stories and with the engine's results."""
    from hashlib import blake2b

    from reader.extraction.engine import VERSION

    digest = blake2b(str(VERSION).encode(), digest_size=4)
    stories = sample_files()
    if stories is not None:
        for path in sorted(p for p in stories.rglob("*") if p.is_file()):
            digest.update(f"\n{path.relative_to(stories)} {path.stat().st_size}".encode())
    return digest.hexdigest()


def main() -> int:
    """Make it, telling stdout how far it has come; 1 where it cannot be made."""
    from reader.errors import ReaderError

    def tell(state: ImportProgress) -> None:
        told = {"done": state.done, "total": state.total, "phase": state.phase}
        print(json.dumps(told), flush=True)

    try:
        build(tell)
    except (ReaderError, OSError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
