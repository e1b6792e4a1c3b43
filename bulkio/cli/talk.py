"""A conversation by lines: what is said goes out, what is typed comes in, nothing is drawn over."""

from __future__ import annotations

import sys


class LineByLine:
    """Standard output and standard input."""

    def say(self, line: str) -> None:
        """A line more."""
        print(line, flush=True)

    def ask(self, question: str) -> str | None:
        """What is typed; None at the end of the input."""
        print(question, flush=True)
        answer = sys.stdin.readline()
        return answer.rstrip("\r\n") if answer else None
