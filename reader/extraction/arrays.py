"""numpy as the engine uses it: arrays of whole numbers, no linear algebra.

Its library for that would start a thread a processor, each with memory of its own (30 ms and tens
of megabytes of address space); it is told not to, before numpy is imported.
"""

from __future__ import annotations

import os
from typing import Any, TypeAlias

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

Column: TypeAlias = np.ndarray[Any, np.dtype[Any]]
"""Whole numbers, one entry an item."""

__all__ = ["Column", "np"]
