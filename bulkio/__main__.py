"""`python -m bulkio` is the `bulkio` command."""

from __future__ import annotations

import sys

from bulkio.cli.main import main

sys.exit(main())
