"""Whatever a line does to a request or its answer: nothing twice, nothing lost, one outcome a row."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable

import pytest

from bulkio.model.event import Waited
from bulkio.model.kind import Kind
from bulkio.model.outcome import Status
from tests.upload.office import Office, book
from tests.upload.trouble import (
    Act,
    Asked,
    Said,
    Serve,
    broken,
    cut,
    empty,
    every,
    first_try,
    honest,
    lost_after,
    lost_before,
    nth,
    says,
    throttled,
)

BOOK = book(
    groups=[{"group_number": "7", "name": "Havne", "account": "5600"}],
    people=[
        {"own_reference": "A", "name": "Ærø Bådeværft", "customer_group": "7", "attention": "Mette Holm"},
        {"name": "Uden Nummer", "barred": "yes"},
        {"customer_number": "700", "name": "Odense Sejl"},
    ],
    contacts=[{"customer": "A", "name": "Mette Holm"}, {"customer": "700", "name": "Jens Lund"}],
    places=[
        {"customer": "A", "address": "Kajen 1"},
        {"customer": "A", "address": "Kajen 1"},
        {"customer": "700", "address": "Havnegade 4", "location_number": "3"},
    ],
)
ROWS = 9
TROUBLE = {
    "lost before": lost_before,
    "lost after": lost_after,
    "cut": cut,
    "empty": empty,
    "500": broken,
    "429": throttled("7"),
    "429 without a time": throttled(None),
    "html for a refusal": says(503, b"<html>Maintenance</html>", "text/html"),
}


def held(office: Office) -> dict[str, Counter[str]]:
    """What there is of each kind, by what a person would call it."""
    return {
        "groups": Counter(office.names(Kind.CUSTOMER_GROUPS)),
        "customers": Counter(office.names(Kind.CUSTOMERS)),
        "contacts": Counter(office.names(Kind.CONTACTS)),
        "places": Counter(one["address"] for one in office.records(Kind.DELIVERY_LOCATIONS)),
    }


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Counter[str]]:
    office = Office(tmp_path_factory.mktemp("quiet"))
    office.run(BOOK)
    found = held(office)
    office.close()
    return found


@pytest.mark.parametrize("trouble", TROUBLE.values(), ids=TROUBLE.keys())
def test_trouble_at_every_first_try_changes_nothing_in_the_end(
    office: Office, expected: dict[str, Counter[str]], trouble: Act
) -> None:
    done = office.run(BOOK, first_try(trouble))

    assert held(office) == expected
    assert done.counts == {Status.CREATED: ROWS}
    assert done.every_row_once()


@pytest.mark.parametrize("place", range(1, 12))
@pytest.mark.parametrize("trouble", [lost_before, lost_after], ids=["before", "after"])
def test_an_answer_that_never_comes_leaves_doubt_and_the_next_run_settles_it(
    office: Office, expected: dict[str, Counter[str]], trouble: Act, place: int
) -> None:
    """One request is lost at every try; whatever its place, the next run over a good line ends as if nothing had been."""
    done = office.run(BOOK, _always_the_same(place, trouble))
    assert done.every_row_once()
    unfinished = done.counts[Status.IN_DOUBT] + done.counts[Status.PENDING]

    again = office.run(BOOK)

    assert held(office) == expected
    assert again.every_row_once()
    assert set(again.counts) <= {Status.CREATED, Status.UPDATED, Status.UNCHANGED}
    if trouble is lost_before:
        assert unfinished > 0
    else:
        assert unfinished == 0, "what was done is found by looking"


def _always_the_same(place: int, act: Act) -> Callable[[Asked], Act]:
    """Trouble at every try of the request that first came as the n-th."""
    keys: list[str] = []

    def choose(asked: Asked) -> Act:
        if asked.key not in keys:
            keys.append(asked.key)
        return act if keys.index(asked.key) == place - 1 else honest

    return choose


def test_the_same_bytes_go_again_under_the_same_key(office: Office) -> None:
    done = office.run(BOOK, first_try(lost_after))

    tries = Counter(asked.key for asked in done.writes)
    assert set(tries.values()) == {2}
    assert len({(asked.key, asked.path, asked.body) for asked in done.writes}) == len(tries)


def test_the_intent_is_on_disk_when_its_request_arrives(office: Office) -> None:
    """The server reads the journal's file as another process would."""
    found: list[tuple[bytes, str] | None] = []

    def look(asked: Asked) -> Act:
        beside = sqlite3.connect(f"file:{office.journal}?mode=ro", uri=True)
        found.append(beside.execute("SELECT body, state FROM intents WHERE key = ?", (asked.key,)).fetchone())
        beside.close()
        return honest

    done = office.run(BOOK, look)

    assert found == [(asked.body, "sent") for asked in done.writes]
    assert len(found) > ROWS


def test_nothing_of_the_tokens_is_in_the_journal(office: Office) -> None:
    office.run(BOOK, first_try(lost_after))

    kept = b"".join(path.read_bytes() for path in office.folder.glob("journal.sqlite*"))
    assert office.store.tokens.app_secret_token.encode() not in kept
    assert office.store.tokens.agreement_grant_token.encode() not in kept


def test_a_refusal_of_our_own_lost_record_is_no_refusal(office: Office) -> None:
    """The server forgot the key: the replay meets the record that the first try made."""
    forgotten = first_try(lost_after)

    def act(asked: Asked) -> Act:
        chosen = forgotten(asked)
        if chosen is honest:
            with office.store.writing() as connection:
                connection.execute("DELETE FROM kept_answers")
        return chosen

    done = office.run(book(people=[{"customer_number": "700", "name": "Odense Sejl"}]), act)

    assert done.counts == {Status.CREATED: 1}
    assert office.names(Kind.CUSTOMERS) == ["Odense Sejl"]


def test_a_number_that_somebody_else_took_is_a_refusal(office: Office) -> None:
    """The same answer, but the record is not ours."""

    async def taken(_: Asked, serve: Serve) -> Said:
        said = await serve()
        with office.store.writing() as connection:
            connection.execute("DELETE FROM kept_answers")
            connection.execute("UPDATE customers SET body = json_set(body, '$.name', 'En anden') WHERE key = 700")
        return Said(502, said.body)

    done = office.run(book(people=[{"customer_number": "700", "name": "Odense Sejl"}]), first_try(taken))

    assert done.counts == {Status.REFUSED: 1}
    [issue] = done.outcomes[0].issues
    assert (issue.code, issue.place.cell, issue.place.column) == ("E06010", "A2", "Customer number")


def test_two_locations_that_are_alike_are_two_whatever_is_lost(office: Office) -> None:
    places = [{"customer": "700", "address": "Kajen 1"}] * 4
    whole = book(people=[{"customer_number": "700", "name": "Odense Sejl"}], places=places)

    done = office.run(whole, every(lost_after, of="delivery-locations"))

    assert done.counts == {Status.CREATED: 5}
    assert len({one.number for one in done.of(Kind.DELIVERY_LOCATIONS)}) == 4
    assert office.run(whole).counts == {Status.UNCHANGED: 5}
    assert len(office.records(Kind.DELIVERY_LOCATIONS)) == 4


def test_a_location_that_was_there_before_is_not_taken_for_a_lost_one(office: Office) -> None:
    one = [{"customer": "700", "address": "Kajen 1"}]
    people = [{"customer_number": "700", "name": "Odense Sejl"}]
    office.run(book(people=people, places=one))

    done = office.run(book(people=people, places=one * 2), every(lost_before, of="delivery-locations"))

    assert [row.status for row in done.of(Kind.DELIVERY_LOCATIONS)] == [Status.UNCHANGED, Status.IN_DOUBT]
    assert len(office.records(Kind.DELIVERY_LOCATIONS)) == 1
    assert office.run(book(people=people, places=one * 2)).counts == {Status.UNCHANGED: 2, Status.CREATED: 1}


@pytest.mark.parametrize("hours", [0.1, 3.0], ids=["inside the hour", "after the hour"])
@pytest.mark.parametrize("trouble", [lost_before, lost_after], ids=["before", "after"])
def test_doubt_is_settled_on_any_later_day(
    office: Office, expected: dict[str, Counter[str]], trouble: Act, hours: float
) -> None:
    now = 1_800_000_000.0
    office.clock = lambda: now
    office.run(BOOK, every(trouble))
    now += hours * 3600
    if hours > 1:
        with office.store.writing() as connection:
            connection.execute("DELETE FROM kept_answers")

    again = office.run(BOOK)

    assert held(office) == expected
    assert not again.counts[Status.IN_DOUBT]


def test_a_clock_that_was_set_back_makes_no_second_record(office: Office, expected: dict[str, Counter[str]]) -> None:
    now = 1_800_000_000.0
    office.clock = lambda: now
    office.run(BOOK, every(lost_before))
    now -= 7200.0

    again = office.run(BOOK, first_try(lost_after))

    assert held(office) == expected
    assert not again.counts[Status.IN_DOUBT]


def test_a_row_in_doubt_keeps_its_number_when_the_run_after_it_dies_too(office: Office) -> None:
    """A record found again is remembered at once: the number is not lost where the finding run dies before its batch."""
    person = book(people=[{"own_reference": "A", "name": "Ærø Bådeværft"}])
    office.run(person, every(lost_after), reads=lambda asked: broken if "/customers/" in asked.path else honest)
    [number] = [one["customerNumber"] for one in office.records(Kind.CUSTOMERS)]
    office.run(person)
    beside = sqlite3.connect(office.journal)
    beside.execute("DELETE FROM rows")
    beside.commit()
    beside.close()
    renamed = book(people=[{"own_reference": "A", "name": "Et helt andet navn"}])

    done = office.run(renamed)

    assert [one.number for one in done.outcomes] == [number]
    assert office.names(Kind.CUSTOMERS) == ["Et helt andet navn"]


def test_the_pace_limit_is_waited_out_and_said_once_for_all(office: Office) -> None:
    seen = 0

    def act(_: Asked) -> Act:
        nonlocal seen
        seen += 1
        return throttled("20") if seen <= 4 else honest

    people = [{"customer_number": str(1000 + at), "name": f"Kunde {at}"} for at in range(8)]
    done = office.run(book(people=people), act)

    assert done.counts == {Status.CREATED: 8}
    waits = [event for event in done.events if isinstance(event, Waited)]
    assert waits
    assert {event.reason for event in waits} == {"rate_limit"}
    assert all(event.seconds >= 20 for event in waits)
    assert len(waits) < 4, "four are turned away, but not four times is the same said"


def test_a_spent_quota_ends_the_run_and_leaves_the_rest_pending(office: Office) -> None:
    people = [{"customer_number": str(1000 + at), "name": f"Kunde {at}"} for at in range(20)]
    seen = 0

    def act(_: Asked) -> Act:
        nonlocal seen
        seen += 1
        return throttled("36000") if seen > 5 else honest

    done = office.run(book(people=people), act)

    assert done.end.fault == "quota_used_up"
    assert done.end.stopped
    assert done.counts == {Status.CREATED: 5, Status.PENDING: 15}
    assert office.run(book(people=people)).counts == {Status.UNCHANGED: 5, Status.CREATED: 15}


def test_tokens_revoked_in_the_middle_end_the_run(office: Office) -> None:
    people = [{"customer_number": str(1000 + at), "name": f"Kunde {at}"} for at in range(20)]
    seen = 0

    def act(_: Asked) -> Act:
        nonlocal seen
        seen += 1
        return says(401, b"<h1>401</h1>", "text/html") if seen > 7 else honest

    done = office.run(book(people=people), act)

    assert done.end.fault == "wrong_tokens"
    assert done.counts == {Status.CREATED: 7, Status.PENDING: 13}
    assert done.every_row_once()
    assert len(done.writes) <= 7 + office.concurrency
    assert office.run(book(people=people)).counts == {Status.UNCHANGED: 7, Status.CREATED: 13}


def test_a_role_missing_for_one_kind_costs_that_kind_only(office: Office) -> None:
    refusal = json.dumps({"message": "No access.", "httpStatusCode": 403}).encode()

    done = office.run(BOOK, every(says(403, refusal), of="delivery-locations"))

    assert done.end.fault is None
    assert {one.status for one in done.of(Kind.DELIVERY_LOCATIONS)} == {Status.REFUSED}
    assert {issue.code for one in done.of(Kind.DELIVERY_LOCATIONS) for issue in one.issues} == {"no_permission"}
    assert {one.status for one in done.of(Kind.CONTACTS)} == {Status.CREATED}


def test_a_journal_that_cannot_be_written_keeps_every_request_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bulkio.journal.writing import Write, Writer

    real = Writer._execute

    def full(self: Writer, group: list[Write]) -> None:
        if any("INSERT INTO intents" in str(one.statement) for one in group) and len(seen) > 3:
            from sqlalchemy.exc import OperationalError

            raise OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))
        seen.append(1)
        real(self, group)

    seen: list[int] = []
    monkeypatch.setattr(Writer, "_execute", full)
    people = [{"customer_number": str(1000 + at), "name": f"Kunde {at}"} for at in range(20)]

    done = office.run(book(people=people))

    assert done.end.fault == "journal_full"
    assert done.every_row_once()
    assert len(office.records(Kind.CUSTOMERS)) == done.counts[Status.CREATED]
    monkeypatch.undo()
    again = office.run(book(people=people))
    assert len(office.records(Kind.CUSTOMERS)) == 20
    assert again.counts[Status.UNCHANGED] + again.counts[Status.CREATED] == 20


def test_a_colleagues_edit_is_not_overwritten(office: Office) -> None:
    """Between the plan and the put, another field is changed in e-conomic: it stays."""
    office.run(book(people=[{"customer_number": "700", "name": "Odense Sejl", "city": "Odense"}]))

    def meanwhile(asked: Asked) -> Act:
        if asked.path.endswith("/customers/700"):
            with office.store.writing() as connection:
                connection.execute("UPDATE customers SET body = json_set(body, '$.city', 'Aarhus') WHERE key = 700")
        return honest

    done = office.run(
        book(people=[{"customer_number": "700", "name": "Odense Sejl og Ror", "city": "Odense"}]), reads=meanwhile
    )

    assert done.counts == {Status.UPDATED: 1}
    [customer] = office.records(Kind.CUSTOMERS)
    assert (customer["name"], customer["city"]) == ("Odense Sejl og Ror", "Aarhus")


def test_a_field_changed_on_both_sides_is_refused_at_its_cell(office: Office) -> None:
    office.run(book(people=[{"customer_number": "700", "name": "Odense Sejl"}]))

    def meanwhile(asked: Asked) -> Act:
        if asked.path.endswith("/customers/700"):
            with office.store.writing() as connection:
                connection.execute("UPDATE customers SET body = json_set(body, '$.name', 'Deres') WHERE key = 700")
        return honest

    done = office.run(book(people=[{"customer_number": "700", "name": "Vores"}]), reads=meanwhile)

    [outcome] = done.outcomes
    assert (outcome.status, outcome.number) == (Status.REFUSED, 700)
    [issue] = outcome.issues
    assert (issue.code, issue.place.column) == ("changed_meanwhile", "Name")
    assert office.names(Kind.CUSTOMERS) == ["Deres"]


def test_a_customer_deleted_meanwhile_is_not_made_anew_by_an_update(office: Office) -> None:
    office.run(book(people=[{"customer_number": "700", "name": "Odense Sejl"}]))

    def meanwhile(asked: Asked) -> Act:
        if asked.path.endswith("/customers/700"):
            with office.store.writing() as connection:
                connection.execute("DELETE FROM customers")
        return honest

    done = office.run(book(people=[{"customer_number": "700", "name": "Vores"}]), reads=meanwhile)

    assert [(one.status, one.issues[0].code) for one in done.outcomes] == [(Status.REFUSED, "gone_meanwhile")]
    assert office.records(Kind.CUSTOMERS) == []


def test_rows_in_another_order_or_on_other_lines_are_the_same_rows(office: Office) -> None:
    people = [{"name": f"Kunde {at}", "own_reference": f"R{at}"} for at in range(6)] + [{"name": "Uden"}]
    places = [{"customer": f"R{at}", "address": "Kajen 1"} for at in range(6)]
    office.run(book(people=people, places=places), _always_the_same(3, lost_before))

    office.run(book(people=list(reversed(people)), places=list(reversed(places))))

    assert Counter(office.names(Kind.CUSTOMERS)) == Counter(row["name"] for row in people)
    assert len(office.records(Kind.DELIVERY_LOCATIONS)) == 6


def test_an_update_that_got_no_answer_is_looked_at_and_not_put_twice_in_a_later_run(office: Office) -> None:
    office.run(book(people=[{"customer_number": "700", "name": "Odense Sejl"}]))
    renamed = book(people=[{"customer_number": "700", "name": "Odense Sejl og Ror"}])

    done = office.run(renamed, every(lost_after))

    assert done.counts == {Status.UPDATED: 1}
    assert office.run(renamed).writes == []


def test_trouble_at_one_request_only_is_not_noticed_in_the_end(
    office: Office, expected: dict[str, Counter[str]]
) -> None:
    done = office.run(BOOK, nth(4, lost_after))

    assert held(office) == expected
    assert done.counts == {Status.CREATED: ROWS}
