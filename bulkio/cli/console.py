"""What is said, and where: stdout is data, stderr is talk."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from bulkio.errors import BulkioError
from bulkio.language import Language

TYPE_CHECKING = False  # typing itself costs 3 ms, and --help must not pay it
if TYPE_CHECKING:
    from typing import Any


def chosen_language(words: Sequence[str]) -> Language:
    """`--lang` where it is given, else what the user's system speaks, else English.

    Read before the arguments are, since the help itself is in that language.
    """
    for index, word in enumerate(words):
        asked = words[index + 1] if word == "--lang" and index + 1 < len(words) else word.removeprefix("--lang=")
        if asked in tuple(Language):
            return Language(asked)
    spoken = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return Language.DANISH if spoken.startswith("da") else Language.ENGLISH


def speak_any_script() -> None:
    """Let both streams take every character: one that the terminal or pipe has no letter for is shown by its number.

    A name such as Łódź must not end a command in a terminal that speaks cp1252 or plain ASCII.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)  # a stream may be closed, or another program's own
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """Talk: a line on stderr."""
    print(text, file=sys.stderr)


def give(text: str) -> None:
    """Data: a line on stdout."""
    print(text)


def give_json(document: Mapping[str, Any]) -> None:
    """One JSON document on stdout."""
    import json  # 3 ms that --help need not pay

    print(json.dumps(document, ensure_ascii=_needs_ascii(), indent=1, default=_plain))


def give_json_line(document: Mapping[str, Any]) -> None:
    """One JSON document on one line of stdout, at once: somebody waits for it."""
    import json  # 3 ms that --help need not pay

    print(json.dumps(document, ensure_ascii=_needs_ascii()), flush=True)


def _needs_ascii() -> bool:
    """JSON is UTF-8; where stdout is not, its escapes in plain ASCII are the same document."""
    return (getattr(sys.stdout, "encoding", None) or "").casefold().replace("_", "-") not in {"utf-8", "utf8"}


def _plain(value: object) -> object:
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    raise TypeError(type(value).__name__)


def on_a_terminal() -> bool:
    """Whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def fail(error: BulkioError, language: Language, *, as_json: bool, shape: str) -> int:
    """Say what stopped the command, in one line and with what to do; with `--json` as a document of the command's own shape."""
    from bulkio.cli.documents import SHAPES  # brings the nouns, which --help need not pay
    from bulkio.language.wording import word_error

    words = word_error(error, language)
    if as_json:
        issue = {
            "code": error.code,
            "sheet": None,
            "row": None,
            "column": None,
            "cell": None,
            "severity": "error",
            "source": "check",
            "message": words.message,
            "hint": words.hint,
            "value": None,
        }
        told = {"code": error.code, "message": words.message, "hint": words.hint}
        give_json({**SHAPES[shape], "issues": [issue], "error": told})
    else:
        say(" ".join(f"bulkio: {words.message} {words.hint}".split()))  # what a server said may have lines of its own
    return error.exit_code
