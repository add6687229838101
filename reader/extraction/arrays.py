"""numpy as the engine uses it: arrays of whole numbers, no linear algebra.

Its library for that would start a thread a processor, each with memory of its own (30 ms and tens
of megabytes of address space); it is told not to, before numpy is imported.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@contextmanager
def without_collection() -> Iterator[None]:
    """Collect no garbage meanwhile: loading makes much that stays (a tenth of the start-up)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


with without_collection():
    import numpy as np

Column: TypeAlias = np.ndarray[Any, np.dtype[Any]]
"""Whole numbers, one entry an item."""

__all__ = ["Column", "np", "without_collection"]
