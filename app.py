"""Open the chat page: flags -> settings -> assistant -> web server."""

from __future__ import annotations

import sys

from qa.web.server import main

if __name__ == "__main__":
    sys.exit(main())
