"""Logs that name the kind and the place of an error and never its message, which may quote an appeal."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType


class PlaceOnly(logging.Formatter):
    """Formats an exception as its type and the lines it passed through in our own code; drops message and values."""

    def formatException(  # noqa: N802  # the name is logging's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        kind, _, trace = ei
        frames = traceback.extract_tb(trace)
        places = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames[-6:]]
        return "\n".join([f"{kind.__name__ if kind else 'no exception'} at", *places])
