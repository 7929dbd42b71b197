"""The web application, as granian loads it in each of its processes."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1

if os.environ.get("KENESH_UNDER_SUPERVISOR") and sys.platform == "linux":
    # When granian's main process is killed, its processes would go on holding the port: the kernel ends them too.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kenesh.config.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402  # the lines above come first on purpose

from kenesh.kernel import memory  # noqa: E402  # likewise

if os.environ.get("KENESH_SHARED_MEMORY"):
    memory.attach(os.environ["KENESH_SHARED_MEMORY"])

application = get_wsgi_application()

from django.conf import settings  # noqa: E402  # likewise

from kenesh.themes import following  # noqa: E402  # its imports need the applications, which have been loaded just now

if settings.WARM_UP:
    from kenesh.site import warming  # likewise

    warming.warm_up()
following.begin()
