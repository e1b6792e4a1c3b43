"""What stops a run: one tree, grouped by what the caller can do next.

    BulkioError
      + Misuse          the call, the file or the settings must change        exit 2
        - NotAWorkbook    the file cannot be read as a workbook
        - NoKnownSheet    nothing in it is ours to read
        - CannotWrite     the place for a result does not take it
      + NothingSent     the agreement was not reached, or would not let us in  exit 3
        - NoConnection
        - NoPermission
        - QuotaUsedUp
      + Unfinished      a run exists with rows not sent, or in doubt           exit 4

A row's fault is never one of these: it is an `Issue`, a value.
"""

from __future__ import annotations


class BulkioError(Exception):
    """A fault that ends the command; carries a stable code and the facts its words need.

    `code` is worded in `bulkio.language` at the edge; `parameters` fill the words.
    """

    exit_code = 2

    def __init__(self, code: str, **parameters: object) -> None:
        super().__init__(code, parameters)
        self.code = code
        self.parameters = parameters

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.parameters.items())
        return f"{self.code} ({facts})" if facts else self.code


class Misuse(BulkioError):
    """The call, the file or the settings must change before anything can happen."""


class NotAWorkbook(Misuse):
    """The file cannot be read as a workbook, or is not safe to read."""


class NoKnownSheet(Misuse):
    """The workbook is sound, but holds no sheet of ours."""


class CannotWrite(Misuse):
    """The place where a result should go does not take it (open in Excel, read-only, full)."""


class NothingSent(BulkioError):
    """The agreement was not reached or did not let us in; no row has left."""

    exit_code = 3


class NoConnection(NothingSent):
    """No server answered."""


class NoPermission(NothingSent):
    """The tokens are wrong, revoked, or lack the role."""


class QuotaUsedUp(NothingSent):
    """The agreement's calls for now are spent."""


class Unfinished(BulkioError):
    """A run exists with rows that are not sent yet, or in doubt."""

    exit_code = 4
