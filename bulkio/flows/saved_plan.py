"""A plan on paper: what would happen, bound to the agreement, the workbook and what the agreement held when it was made.

It holds no values of cells or records: each row's are in a salted digest, which only the same plan gives again.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bulkio.economic import content_of, to_payload
from bulkio.errors import Misuse
from bulkio.flows.import_workbook import Prepared
from bulkio.model.answers import Answers
from bulkio.model.plan import Action, Plan, Step

FORMAT = 1
CALLS_A_DAY = 50_000
"""Of an agreement, by e-conomic's fair use policy."""
_TOKENS, _WINDOW, _COST = 10_000, 60.0, 3
"""The agreement's bucket as it was last seen published: tokens, seconds, tokens a call."""
_FAST, _SLOW = 16 / 0.08, 8 / 0.12
"""Calls a second over a good line and over a middling one."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an upload will take: calls, seconds at best and over a middling line, and the share of a day's calls."""

    calls: int
    least_seconds: float
    most_seconds: float
    share_of_day: float


def estimate(planned: Plan) -> Estimate:
    """Reckoned from the plan before anything is sent."""
    steps = [step for some in planned.steps.values() for step in some]
    calls = sum(_calls(step) for step in steps)
    bucket = max(0.0, (calls * _COST - _TOKENS) * _WINDOW / _TOKENS)
    return Estimate(calls, max(bucket, calls / _FAST), max(bucket, calls / _SLOW), calls / CALLS_A_DAY)


def _calls(step: Step) -> int:
    """A create is one call, an update a read and a replacement; a second pass one more."""
    second = bool(step.second_pass)
    if step.action is Action.CREATE:
        return 1 + second
    return 2 + second if step.action is Action.UPDATE else 0


def document_of(prepared: Prepared, agreement: str, workbook: Path, answers: Answers) -> dict[str, Any]:
    """The plan as a document, ready for JSON."""
    salt = secrets.token_hex(16)
    planned, taken = prepared.plan, estimate(prepared.plan)
    rows = list(_rows(planned, salt))
    return {
        "format": FORMAT,
        "agreement": agreement,
        "agreement_number": prepared.agreement_number,
        "company": prepared.company,
        "workbook": str(workbook.absolute()),
        "workbook_digest": planned.workbook_digest,
        "answers": answers.kept(),
        "by_sheet": counts_by_sheet(planned),
        "changed_fields": dict(Counter(name for row in rows for name in row["changes"])),
        "estimate": {
            "calls": taken.calls,
            "seconds": [round(taken.least_seconds, 1), round(taken.most_seconds, 1)],
            "share_of_day": round(taken.share_of_day, 4),
        },
        "salt": salt,
        "rows": rows,
    }


def counts_by_sheet(planned: Plan) -> dict[str, dict[str, int]]:
    """How many rows of each sheet have each action."""
    sheets: dict[str, dict[str, int]] = {}
    for steps in planned.steps.values():
        for step in steps:
            counts = sheets.setdefault(step.place.sheet or "", dict.fromkeys(map(str, Action), 0))
            counts[step.action.value] += 1
    return sheets


def _rows(planned: Plan, salt: str) -> Iterator[dict[str, Any]]:
    for steps in planned.steps.values():
        for step in steps:
            yield {
                "sheet": step.place.sheet,
                "row": step.place.row,
                "action": step.action.value,
                "number": step.number,
                "changes": list(step.changes),
                "reasons": [issue.code for issue in step.issues],
                "digest": _digest(step, salt),
            }


def _digest(step: Step, salt: str) -> str:
    """Of everything that decides what is sent for the row, and of the record that it meets."""
    said = {
        "identity": step.identity,
        "action": step.action.value,
        "number": step.number,
        "customer": step.customer_number,
        "values": {name: str(value) for name, value in step.values.items()},
        "second": {name: str(value) for name, value in step.second_pass.items()},
        "remote": to_payload(step.kind, {}, step.remote) if step.remote is not None else None,
    }
    return sha256(salt.encode() + content_of(said)).hexdigest()[:32]


def read_plan(path: Path) -> Mapping[str, Any]:
    """A saved plan. Raises `Misuse` where the file is none of ours."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise Misuse("no_plan", path=str(path)) from fault
    if not isinstance(found, dict) or found.get("format") != FORMAT or not isinstance(found.get("rows"), list):
        raise Misuse("no_plan", path=str(path))
    return found


def expect_plan(saved: Mapping[str, Any], prepared: Prepared) -> None:
    """Raise `Misuse` where the agreement, the workbook or what the agreement holds is not what the plan was made from."""
    if saved["agreement_number"] != prepared.agreement_number:
        expected, found = saved["agreement_number"], prepared.agreement_number
        raise Misuse("plan_of_other_agreement", expected=expected, found=found)
    if saved["workbook_digest"] != prepared.plan.workbook_digest:
        raise Misuse("plan_of_other_workbook", path=saved["workbook"])
    now = {(row["sheet"], row["row"]): row["digest"] for row in _rows(prepared.plan, str(saved["salt"]))}
    then = {(row["sheet"], row["row"]): row["digest"] for row in saved["rows"]}
    moved = [place for place in then.keys() | now.keys() if then.get(place) != now.get(place)]
    if moved:
        sheet, row = min(moved, key=str)
        raise Misuse("plan_moved", rows=len(moved), sheet=sheet, row=row)
