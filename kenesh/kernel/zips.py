"""What `zipfile` raises of a package that a stranger has sent. No Django here: programs with bounds use it too."""

from __future__ import annotations

import zipfile
import zlib

# The directory or a part is cut off or lies about itself, does not unpack, or is packed in a way that Python does not know: for
# that one it raises NotImplementedError, where others would say "unsupported". Who looks parts up by name adds KeyError; who
# lets names, sizes and offsets be believed adds ValueError and OSError.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
LOCKED = RuntimeError  # a part wants a password; `zipfile` has no class of its own for it
