"""`bulkio`: find the command, run it, and turn whatever stops it into one clear line and an exit code."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module

from bulkio.cli.arguments import build_parser
from bulkio.cli.console import chosen_language, fail, speak_any_script
from bulkio.errors import BulkioError
from bulkio.language import Language

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and answer its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    language = chosen_language(words)
    speak_any_script()
    arguments = build_parser(words, language).parse_args(words)
    arguments.language = language
    try:
        return _flushed(_run(arguments))
    except BulkioError as fault:
        return fail(fault, language, as_json=arguments.json, shape=arguments.shape)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return _reader_left()
    except Exception as fault:  # noqa: BLE001 - the last line of defence: a traceback shown to a user is a bug
        return _unexpected(fault, arguments, language)


def _run(arguments: Namespace) -> int:
    """What the command does is imported only now: `--help` pays for none of it."""
    return int(import_module(f"bulkio.cli.running.{arguments.run}").run(arguments))


def _flushed(code: int) -> int:
    if sys.stdout is not None:  # closed by whoever started us: there is nobody to tell
        sys.stdout.flush()
    return code


def _reader_left() -> int:
    """Whoever read our output stopped reading; there is nobody left to tell."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _unexpected(fault: Exception, arguments: Namespace, language: Language) -> int:
    from bulkio.cli.mishap import write_down  # costs nothing unless something went wrong

    where = write_down(fault)
    error = BulkioError("unexpected", log=where, kind=type(fault).__name__)
    return fail(error, language, as_json=arguments.json, shape=arguments.shape)


if __name__ == "__main__":
    sys.exit(main())
