"""What the user says about a file where the file alone does not tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to the questions that a file leaves open; None leaves them to what is found.

    `decimal` is the sign of decimals in texts (`,` or `.`), `encoding` and `delimiter` say how a text
    file is spelled.
    """

    decimal: str | None = None
    encoding: str | None = None
    delimiter: str | None = None

    def kept(self) -> dict[str, str]:
        """The answers as the journal keeps them with a run; those that were not given are left out."""
        said = {"decimal": self.decimal, "encoding": self.encoding, "delimiter": self.delimiter}
        return {name: text for name, text in said.items() if text is not None}

    @classmethod
    def from_kept(cls, kept: Mapping[str, object]) -> Answers:
        """The answers that a run was begun with."""
        said = {name: str(kept[name]) for name in ("decimal", "encoding", "delimiter") if kept.get(name) is not None}
        return cls(**said)


AS_FOUND = Answers()
"""No answers: everything is taken as it is found."""
