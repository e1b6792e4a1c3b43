"""What the agreement refuses stands on the right sheet, row and column, whatever shape it says it in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bulkio.model.issue import Source
from bulkio.model.kind import Kind
from bulkio.model.outcome import Status
from tests.upload.office import Office, book
from tests.upload.trouble import Act, Asked, every, honest, says

ONE = book(people=[{"customer_number": "700", "name": "Odense Sejl", "city": "Odense", "email": "a@b.dk"}])
LEAF = {"errorMessage": "Perioden er spærret.", "errorCode": "E04041", "inputValue": "x", "developerHint": "Hint ."}


def _tree(name: str, **leaf: object) -> bytes:
    errors = {name: {"errors": [{"propertyName": name, **LEAF, **leaf}]}}
    return json.dumps({"message": "Validation failed.", "errorCode": "E04300", "errors": errors}).encode()


def _listed(text: str) -> bytes:
    return json.dumps({"message": "Bad.", "errors": [text], "schemaPath": "https://x/schema"}).encode()


SHAPES = {
    "object": (400, _tree("city"), "City", "E04041"),
    "object in another case": (400, _tree("City"), "City", "E04041"),
    "array": (
        400,
        json.dumps(
            {
                "errorCode": "E04300",
                "errors": [{"arrayIndex": 0, "city": {"errors": [{"propertyName": "city", **LEAF}]}}],
            }
        ).encode(),
        "City",
        "E04041",
    ),
    "form of 2015": (
        400,
        json.dumps(
            {"message": "Validation error.", "errors": {"email": {"message": "Bad.", "value": "a@b.dk"}}}
        ).encode(),
        "Email",
        "api_rejected",
    ),
    "list of strings": (400, _listed("String 'Odense' exceeds maximum length of 3."), "City", "api_too_long"),
    "a missing value": (
        400,
        _listed("Required properties are missing from object: vatZone."),
        "VAT zone",
        "api_required",
    ),
    "one message": (400, b'{"message":"Taken.","errorCode":"E06010"}', "Customer number", "E06010"),
    "problem+json": (
        400,
        b'{"title":"One or more errors.","errorCode":"CustomerInvalidEmail"}',
        "Email",
        "CustomerInvalidEmail",
    ),
    "no column fits": (400, _tree("unheardOf"), None, "E04041"),
    "html": (
        400,
        b"<html><head><title>x</title></head><body><h1>Blocked</h1> by a proxy</body></html>",
        None,
        "api_rejected",
    ),
    "nothing": (400, b"", None, "api_rejected"),
    "a list": (422, b"[1,2]", None, "api_rejected"),
    "cut json": (400, b'{"message":"Val', None, "api_rejected"),
}


@pytest.mark.parametrize(("status", "body", "column", "code"), SHAPES.values(), ids=SHAPES.keys())
def test_a_refusal_of_any_shape_finds_its_cell(
    office: Office, status: int, body: bytes, column: str | None, code: str
) -> None:
    done = office.run(ONE, every(says(status, body)))

    [outcome] = done.outcomes
    assert outcome.status is Status.REFUSED
    assert outcome.number is None
    assert {(one.code, one.place.sheet, one.place.row, one.place.column, one.source) for one in outcome.issues} == {
        (code, "Customers", 2, column, Source.API)
    }
    if column is not None:
        assert outcome.issues[0].place.letter is not None


def test_danish_words_come_through_as_they_were_said(office: Office) -> None:
    done = office.run(ONE, every(says(400, _tree("city"))))

    assert done.outcomes[0].issues[0].parameters["text"] == "Perioden er spærret."


def test_all_faults_of_a_row_are_told(office: Office) -> None:
    errors = {name: {"errors": [{"propertyName": name, **LEAF}]} for name in ("city", "email", "customerGroup")}
    body = json.dumps({"errorCode": "E04300", "errors": errors}).encode()

    done = office.run(ONE, every(says(400, body)))

    assert [one.place.cell for one in done.outcomes[0].issues] == ["F2", "G2", "B2"] or {
        one.place.column for one in done.outcomes[0].issues
    } == {"City", "Email", "Customer group"}


def test_a_refused_row_is_sent_again_when_it_was_mended(office: Office) -> None:
    office.run(ONE, every(says(400, _tree("city"))))

    assert office.run(ONE).counts == {Status.CREATED: 1}


def test_a_refused_second_pass_costs_its_field_and_the_row_keeps_its_number(office: Office) -> None:
    def no_put(asked: Asked) -> Act:
        return says(400, _tree("attention")) if asked.method == "PUT" else honest

    whole = book(
        people=[{"customer_number": "700", "name": "Odense Sejl", "attention": "Jens"}],
        contacts=[{"customer": "700", "name": "Jens"}],
    )
    done = office.run(whole, no_put)

    [customer] = done.of(Kind.CUSTOMERS)
    assert (customer.status, customer.number) == (Status.REFUSED, 700)
    assert [(one.place.column, one.costs_row) for one in customer.issues] == [("Attention", False)]
    assert office.names(Kind.CUSTOMERS) == ["Odense Sejl"]


def test_what_the_twin_itself_refuses_stands_in_its_cells(tmp_path: Path) -> None:
    """No wrapper: the twin's own judgement of a group that the agreement lost after the check."""
    office = Office(tmp_path)

    def meanwhile(_: Asked) -> Act:
        with office.store.writing() as connection:
            connection.execute("DELETE FROM customer_groups WHERE key = 1")
        return honest

    done = office.run(ONE, meanwhile)

    [issue] = done.outcomes[0].issues
    assert (issue.code, issue.place.column, issue.value) == ("E07140", "Customer group", "1")
    office.close()
