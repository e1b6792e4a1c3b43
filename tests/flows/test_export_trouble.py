"""An export while the line is bad, or while others write."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from starlette.responses import JSONResponse

from tests.flows.practice import Practice


def test_a_page_that_answers_500_twice_is_asked_again(practice: Practice, tmp_path: Path) -> None:
    left = ["/customers?", "/customers?"]

    def before(asked: str) -> JSONResponse | None:
        if left and asked.startswith(left[0]):
            left.pop()
            return JSONResponse({"message": "Oops."}, 500)
        return None

    practice.before = before
    told = practice.export(tmp_path / "e.xlsx")

    assert not left
    assert told.rows["Customers"] == 3
    assert sum(call.startswith("GET /customers?") for call in practice.calls) == 3


def test_a_customer_that_is_deleted_meanwhile_does_not_stop_the_export(practice: Practice, tmp_path: Path) -> None:
    """Its contact was listed before and after; the customers' page is answered without it."""
    number = practice.send(("POST", "/customers/3/contacts", {"name": "Cid"}))[0]["customerContactNumber"]
    body = practice.send(("GET", "/customers/3", None))[0] | {"attention": {"customerContactNumber": number}}
    practice.send(("PUT", "/customers/3", body))
    answered: list[JSONResponse] = []

    def before(asked: str) -> JSONResponse | None:
        if asked.startswith("/customers?") and not answered:
            kept = [one for one in everybody if one["customerNumber"] != 3]
            answered.append(JSONResponse({"collection": kept, "pagination": {"results": 3}}))
            return answered[0]
        return None

    everybody = practice.send(("GET", "/customers", None))[0]["collection"]
    practice.before = before
    told = practice.export(tmp_path / "e.xlsx")
    owners = [row[1] for row in load_workbook(tmp_path / "e.xlsx")["Contacts"].iter_rows(min_row=2, values_only=True)]

    assert told.rows["Customers"] == 2
    assert len(owners) == told.rows["Contacts"] == 3
