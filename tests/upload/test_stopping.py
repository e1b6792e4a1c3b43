"""The user's wish to stop, and a consumer that goes away: nothing hangs, every row has an end, the next run finishes."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bulkio.model.event import Event, RowSettled
from bulkio.model.kind import Kind
from bulkio.model.outcome import Status
from bulkio.upload import Stop
from tests.upload.office import Office, book
from tests.upload.trouble import Act, Asked, Said, Serve, honest, lost_after, throttled

PEOPLE = [{"customer_number": str(1000 + at), "name": f"Kunde {at}", "attention": "Mette"} for at in range(12)]
CONTACTS = [{"customer": str(1000 + at), "name": "Mette"} for at in range(12)]
WHOLE = book(people=PEOPLE, contacts=CONTACTS)


def after(rows: int, stop: Stop, *, insist: bool = False) -> list[Event]:
    """A consumer's memory that asks to stop after so many rows."""

    class Memory(list[Event]):
        def __call__(self, event: Event) -> None:
            self.append(event)
            if sum(isinstance(one, RowSettled) for one in self) == rows:
                (stop.insist if insist else stop.request)()

    return Memory()


def test_the_first_wish_finishes_what_is_in_flight(office: Office) -> None:
    stop = Stop()
    under_way = 0

    async def slow(_: Asked, serve: Serve) -> Said:
        nonlocal under_way
        under_way += 1
        if under_way == 6:
            stop.request()
        await asyncio.sleep(1.0)
        return await serve()

    done = office.run(WHOLE, lambda _: slow, stop=stop)

    assert done.every_row_once()
    assert done.end.stopped
    assert done.end.fault is None
    assert not done.counts[Status.IN_DOUBT]
    assert len(office.records(Kind.CUSTOMERS)) == under_way
    assert office.run(WHOLE).every_row_once()
    assert len(office.records(Kind.CUSTOMERS)) == 12


def test_the_second_wish_waits_for_nothing(office: Office) -> None:
    stop = Stop()
    asked: list[Asked] = []

    async def never(one: Asked, serve: Serve) -> Said:
        asked.append(one)
        if len(asked) <= 6:
            return await serve()
        await serve()
        stop.insist()
        await asyncio.sleep(3600)
        raise AssertionError

    done = office.run(WHOLE, lambda _: never, stop=stop)

    assert done.every_row_once()
    assert done.counts[Status.IN_DOUBT] == len(asked) - 6
    assert done.end.stopped
    again = office.run(WHOLE)
    assert not again.counts[Status.IN_DOUBT]
    assert [one["name"] for one in office.records(Kind.CUSTOMERS)] == [row["name"] for row in PEOPLE]
    assert len(office.records(Kind.CONTACTS)) == 12


def test_a_stop_in_the_second_pass_leaves_the_rest_pending_with_their_numbers(office: Office) -> None:
    stop = Stop()

    def act(asked: Asked) -> Act:
        if asked.method == "PUT":
            stop.request()
        return honest

    done = office.run(WHOLE, act, stop=stop)

    left = [one for one in done.of(Kind.CUSTOMERS) if one.status is Status.PENDING]
    assert left
    assert all(one.number is not None for one in left)
    again = office.run(WHOLE)
    assert again.counts[Status.UPDATED] == len(left)
    assert all("attention" in one for one in office.records(Kind.CUSTOMERS))


def test_a_stop_before_anything_was_sent_sends_nothing(office: Office) -> None:
    stop = Stop()
    stop.request()

    done = office.run(WHOLE, stop=stop)

    assert done.writes == []
    assert done.counts == {Status.PENDING: 24}
    assert {one.number for one in done.outcomes} == {None}


def test_a_stop_cuts_a_long_wait_short(office: Office) -> None:
    """Turned away for nine minutes, the user does not wait for nine minutes."""
    stop = Stop()
    waited: list[float] = []

    def act(_: Asked) -> Act:
        loop = asyncio.get_running_loop()
        waited.append(loop.time())
        loop.call_later(2.0, stop.request)
        return throttled("540")

    def look(event: Event) -> None:
        waited.append(asyncio.get_running_loop().time())

    done = office.run(book(people=PEOPLE[:4]), act, stop=stop, on_event=look)

    assert done.counts == {Status.PENDING: 4}
    assert max(waited) - min(waited) < 60


def test_a_row_in_doubt_is_still_asked_about_after_a_stop(office: Office) -> None:
    stop = Stop()
    seen: set[str] = set()

    def act(asked: Asked) -> Act:
        stop.request()
        if asked.key in seen:
            return honest
        seen.add(asked.key)
        return lost_after

    done = office.run(book(people=[{"name": "En"}, {"name": "To"}, {"name": "Tre"}]), act, stop=stop)

    assert not done.counts[Status.IN_DOUBT]
    assert done.counts[Status.CREATED] == len(seen)


def test_a_consumer_that_breaks_off_leaves_no_worker_behind(office: Office) -> None:
    office.concurrency = 8
    people = [{"customer_number": str(1000 + at), "name": f"Kunde {at}"} for at in range(400)]
    threads = threading.active_count()

    class Gone(Exception):
        pass

    def go(event: Event) -> None:
        if isinstance(event, RowSettled):
            raise Gone

    with pytest.raises(Gone):
        office.run(book(people=people), on_event=go)

    assert threading.active_count() <= threads
    held = len(office.records(Kind.CUSTOMERS))
    assert held < 400
    again = office.run(book(people=people))
    assert again.every_row_once()
    assert len(office.records(Kind.CUSTOMERS)) == 400
    assert again.counts[Status.CREATED] >= 400 - held
