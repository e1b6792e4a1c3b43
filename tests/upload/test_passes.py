"""A quiet line: the order of things, and what ends up where."""

from __future__ import annotations

import json

from bulkio.model.event import BatchCommitted, PassStarted, RowSent, RowSettled, RunStarted
from bulkio.model.kind import Kind
from bulkio.model.outcome import Status
from tests.upload.office import Office, book
from tests.upload.trouble import Act, Asked, Said, Serve, every, honest, says

WHOLE = book(
    groups=[{"group_number": "7", "name": "Havne", "account": "5600"}],
    people=[
        {
            "own_reference": "A",
            "name": "Ærø Bådeværft",
            "customer_group": "7",
            "attention": "Mette Holm",
            "default_delivery_location": "3",
            "barred": "yes",
        },
        {"customer_number": "700", "name": "Odense Sejl"},
    ],
    contacts=[{"customer": "A", "name": "Mette Holm"}, {"customer": "700", "name": "Jens Lund"}],
    places=[
        {"customer": "A", "address": "Kajen 1", "location_number": "3"},
        {"customer": "A", "address": "Kajen 2"},
    ],
)


def test_everything_goes_in_in_the_order_of_dependence(office: Office) -> None:
    done = office.run(WHOLE)

    assert done.counts == {Status.CREATED: 7}
    assert done.every_row_once()
    kinds = [asked.kind for asked in done.writes]
    assert kinds[0] == "customer-groups"
    assert kinds[1:3] == ["customers", "customers"]
    assert sorted(kinds[3:7]) == ["contacts", "contacts", "delivery-locations", "delivery-locations"]
    assert [(asked.method, asked.path) for asked in done.writes[7:]] == [
        ("PUT", f"/customers/{done.of(Kind.CUSTOMERS)[0].number}")
    ]


def test_the_second_pass_says_what_needed_the_rest(office: Office) -> None:
    done = office.run(WHOLE)

    number = done.of(Kind.CUSTOMERS)[0].number
    customer = next(one for one in office.records(Kind.CUSTOMERS) if one["customerNumber"] == number)
    assert customer["attention"]["customerContactNumber"] == done.of(Kind.CONTACTS)[0].number
    assert customer["defaultDeliveryLocation"]["deliveryLocationNumber"] == done.of(Kind.DELIVERY_LOCATIONS)[0].number
    assert customer["barred"] is True


def test_contacts_find_a_customer_without_a_number_by_its_own_reference(office: Office) -> None:
    done = office.run(WHOLE)

    owner = office.records(Kind.CONTACTS)[0]["customer"]["customerNumber"]
    assert owner == done.of(Kind.CUSTOMERS)[0].number == 701


def test_a_second_run_sends_nothing(office: Office) -> None:
    office.run(WHOLE)
    before = [office.records(kind) for kind in Kind]

    again = office.run(WHOLE)

    assert again.writes == []
    assert again.counts == {Status.UNCHANGED: 7}
    assert [office.records(kind) for kind in Kind] == before


def test_children_of_a_customer_that_was_refused_are_skipped_and_not_sent(office: Office) -> None:
    refusal = json.dumps({"message": "No.", "errorCode": "E06010", "httpStatusCode": 400}).encode()

    def no_700(asked: Asked) -> Act:
        return says(400, refusal) if b'"customerNumber":700' in asked.body and asked.kind == "customers" else honest

    done = office.run(WHOLE, no_700)

    assert [one.status for one in done.of(Kind.CUSTOMERS)] == [Status.CREATED, Status.REFUSED]
    orphan = done.of(Kind.CONTACTS)[1]
    assert orphan.status is Status.SKIPPED
    assert [(one.code, one.parameters) for one in orphan.issues] == [
        ("parent_failed", {"sheet": "Customers", "row": 3})
    ]
    assert not any("/customers/700/" in asked.path for asked in done.writes)


def test_a_group_that_was_refused_takes_all_below_it_along(office: Office) -> None:
    refusal = json.dumps({"message": "No.", "errorCode": "E06010", "httpStatusCode": 400}).encode()

    done = office.run(WHOLE, every(says(400, refusal), of="customer-groups"))

    assert done.counts == {Status.REFUSED: 1, Status.SKIPPED: 4, Status.CREATED: 2}
    assert done.every_row_once()


def test_a_reference_to_a_row_that_did_not_get_in_costs_its_field_only(office: Office) -> None:
    refusal = b'{"message":"No.","errorCode":"E1","httpStatusCode":400}'

    def no_mette(asked: Asked) -> Act:
        return says(400, refusal) if asked.kind == "contacts" and b"Mette" in asked.body else honest

    done = office.run(WHOLE, no_mette)

    customer = done.of(Kind.CUSTOMERS)[0]
    assert customer.status is Status.REFUSED
    assert customer.number is not None
    [issue] = [one for one in customer.issues if one.code == "reference_to_faulty_row"]
    assert (issue.place.row, issue.place.column, issue.costs_row) == (2, "Attention", False)
    held = next(one for one in office.records(Kind.CUSTOMERS) if one["customerNumber"] == customer.number)
    assert "attention" not in held
    assert held["barred"] is True


def test_no_more_requests_are_under_way_than_allowed(office: Office) -> None:
    office.concurrency = 3
    people = [{"customer_number": str(1000 + at), "name": f"Kunde {at}"} for at in range(20)]

    async def slow(_: Asked, serve: Serve) -> Said:
        import asyncio

        await asyncio.sleep(0.08)
        return await serve()

    done = office.run(book(people=people), every(slow))

    assert done.troubled is not None
    assert done.troubled.most == 3
    assert done.counts == {Status.CREATED: 20}


def test_a_batch_is_a_checkpoint_that_the_journal_holds(office: Office) -> None:
    from bulkio.journal import Journal

    people = [{"customer_number": str(1000 + at), "name": f"Kunde {at}"} for at in range(12)]
    durable: list[tuple[int, int]] = []

    def look(event: object) -> None:
        if isinstance(event, BatchCommitted):
            with Journal.open(office.journal) as beside:
                durable.append((event.settled, len(beside.outcomes(beside.runs()[0].run))))

    office.run(book(people=people), on_event=look)

    assert durable == [(5, 5), (10, 10), (12, 12)]


def test_the_stream_begins_with_the_run_and_tells_each_pass(office: Office) -> None:
    done = office.run(WHOLE)

    started = done.events[0]
    assert isinstance(started, RunStarted)
    assert started.rows == {Kind.CUSTOMER_GROUPS: 1, Kind.CUSTOMERS: 2, Kind.CONTACTS: 2, Kind.DELIVERY_LOCATIONS: 2}
    passes = [(event.kind, event.second) for event in done.events if isinstance(event, PassStarted)]
    assert passes == [
        (Kind.CUSTOMER_GROUPS, False),
        (Kind.CUSTOMERS, False),
        (Kind.CONTACTS, False),
        (Kind.DELIVERY_LOCATIONS, False),
        (Kind.CUSTOMERS, True),
    ]
    sent = [event.second for event in done.events if isinstance(event, RowSent)]
    assert sent == [False, True]
    settled = [event.outcome.kind for event in done.events if isinstance(event, RowSettled)]
    assert settled[-1] is Kind.CUSTOMERS
    assert done.end.calls["POST"] == 7
