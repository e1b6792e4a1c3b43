"""A run that broke off goes on as the same run: what has its end keeps it, the rest is sent, and it is told as one run."""

from __future__ import annotations

from collections import Counter

import pytest

from bulkio.journal import Journal
from bulkio.model.kind import Kind
from bulkio.model.outcome import Status
from tests.upload.office import Office, book
from tests.upload.trouble import Act, Asked, Said, Serve, every, says

WHOLE = book(
    groups=[{"group_number": "7", "name": "Havne", "account": "5600"}],
    people=[
        {"own_reference": f"R{at}", "name": f"Kunde {at}", "customer_group": "7", "attention": "Mette"}
        for at in range(8)
    ],
    contacts=[{"customer": f"R{at}", "name": "Mette"} for at in range(8)],
    places=[{"customer": "R0", "address": "Kajen 1"}] * 4,
)
ROWS = 21


def dying(office: Office, request: int, *, served: bool) -> Act:
    """The process is killed when the n-th write arrives, before or after the agreement did it."""
    seen = 0

    async def act(_: Asked, serve: Serve) -> Said:
        nonlocal seen
        seen += 1
        if seen != request:
            return await serve()
        if served:
            await serve()
        office.die()
        return Said(502)

    return act


@pytest.mark.parametrize("served", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("request_number", range(1, 30, 2))
def test_a_run_killed_at_any_request_is_finished_by_resuming_it(
    office: Office, request_number: int, served: bool
) -> None:
    act = dying(office, request_number, served=served)
    office.run(WHOLE, lambda _: act)
    office.resuming = office.last

    done = office.run(WHOLE)

    assert done.every_row_once()
    assert done.counts == {Status.CREATED: ROWS}, "whoever made it, the run did"
    assert Counter(office.names(Kind.CUSTOMERS)) == Counter(f"Kunde {at}" for at in range(8))
    assert len(office.records(Kind.CONTACTS)) == 8
    assert len(office.records(Kind.DELIVERY_LOCATIONS)) == 4
    assert all("attention" in one for one in office.records(Kind.CUSTOMERS))
    assert office.run(WHOLE).writes == []


def test_a_row_that_was_refused_is_not_asked_again(office: Office) -> None:
    def no_kunde_3(asked: Asked) -> Act:
        if asked.kind == "customers" and b'"Kunde 3"' in asked.body:
            return says(400, b'{"message":"No.","errorCode":"E1"}')
        return act

    office.batch = 1
    act = dying(office, 14, served=False)
    office.run(WHOLE, no_kunde_3)
    office.resuming = office.last

    done = office.run(WHOLE)

    refused = [one for one in done.outcomes if one.status is Status.REFUSED]
    assert [issue.code for issue in refused[0].issues] == ["E1"]
    assert [one.status for one in done.of(Kind.CONTACTS)].count(Status.SKIPPED) == 1
    assert not any(b'"Kunde 3"' in asked.body for asked in done.writes)


def test_the_journal_tells_how_far_a_broken_run_came(office: Office) -> None:
    act = dying(office, 6, served=True)
    office.run(WHOLE, lambda _: act)

    with Journal.open(office.journal) as journal:
        told = Counter(one.status for one in journal.outcomes_so_far(office.last))

    assert told[Status.CREATED] + told[Status.IN_DOUBT] >= 2
    assert told[Status.IN_DOUBT] >= 1
    assert sum(told.values()) < ROWS


def test_an_attempt_has_keys_of_its_own(office: Office) -> None:
    """A request turned away in the first attempt goes again in the second, though nothing about it has changed."""
    refusing = every(says(401, b""))
    first = office.run(WHOLE, refusing)
    office.resuming = office.last

    second = office.run(WHOLE)

    assert second.counts == {Status.CREATED: ROWS}
    assert not {asked.key for asked in first.writes} & {asked.key for asked in second.writes}
