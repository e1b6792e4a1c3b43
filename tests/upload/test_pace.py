"""The pace is the agreement's own: what the headers tell is kept to, and found out where nobody tells."""

from __future__ import annotations

import asyncio
from collections import Counter

from bulkio.model.event import Waited
from bulkio.model.kind import Kind
from bulkio.model.outcome import Status
from bulkio.upload import Stop
from tests.upload.office import Office, book
from tests.upload.trouble import Act, Asked, Said, Serve, throttled

ROWS = 200
PEOPLE = [{"customer_number": str(1000 + at), "name": f"Kunde {at}"} for at in range(ROWS)]


class Bucket:
    """A bucket as the API describes it, on the loop's own clock: enforced, drained evenly, told of in each answer or in none."""

    def __init__(self, tokens: int, seconds: int, *, tells: bool = True, others: float = 0.0) -> None:
        self.tokens, self.seconds, self.tells, self.others = tokens, seconds, tells, others
        self.used = 0.0
        self.at = 0.0
        self.answers: Counter[int] = Counter()
        self.highest = 0.0
        self.began: float | None = None
        self.ended = 0.0

    async def act(self, asked: Asked, serve: Serve) -> Said:
        now = asyncio.get_running_loop().time()
        self.began = now if self.began is None else self.began
        drained = (now - (self.at or now)) * (self.tokens / self.seconds - self.others)
        self.used, self.at, self.ended = max(0.0, self.used - drained), now, now
        if self.used + 3 > self.tokens:
            self.answers[429] += 1
            return await throttled("1")(asked, serve)
        self.used += 3
        self.highest = max(self.highest, self.used)
        await asyncio.sleep(0.08)
        said = await serve()
        self.answers[said.status] += 1
        told = (
            ("x-callcost", "3"),
            (
                "x-ratelimiting",
                f"token-limit-{self.tokens}-per-{self.seconds}-seconds: {round(self.used)}/{self.tokens}",
            ),
        )
        kept = tuple(one for one in said.headers if not one[0].lower().startswith(("x-callcost", "x-ratelimiting")))
        return Said(said.status, said.body, kept + (told if self.tells else ()))

    def __call__(self, _: Asked) -> Act:
        return self.act

    @property
    def share(self) -> float:
        """Of the least time in which the bucket lets these calls through."""
        least = (ROWS * 3 - self.tokens) / (self.tokens / self.seconds)
        return least / (self.ended - (self.began or 0.0))


def test_a_bucket_that_is_told_of_is_filled_and_never_overrun(office: Office) -> None:
    office.concurrency = 16
    bucket = Bucket(300, 60)

    done = office.run(book(people=PEOPLE), bucket)

    assert done.counts == {Status.CREATED: ROWS}
    assert bucket.answers == {201: ROWS}
    assert (
        bucket.share > 0.8
    )  # the journal's thread runs in real time, which a loaded machine stretches; `benchmarks/upload.py` measures


def test_a_bucket_that_nobody_tells_of_is_found_out(office: Office) -> None:
    office.concurrency = 16
    bucket = Bucket(300, 60, tells=False)

    done = office.run(book(people=PEOPLE), bucket)

    assert done.counts == {Status.CREATED: ROWS}
    assert bucket.share > 0.8  # as above
    assert bucket.answers[429] < ROWS / 2


def test_a_share_leaves_room_for_others(office: Office) -> None:
    office.share = 0.5
    bucket = Bucket(300, 60)

    office.run(book(people=PEOPLE), bucket)

    assert bucket.highest <= 155


def test_what_others_take_is_left_to_them(office: Office) -> None:
    """Another program draws half of what comes back: the header shows it, and the run goes at half the pace."""
    office.concurrency = 8
    bucket = Bucket(150, 30, others=2.5)

    done = office.run(book(people=PEOPLE), bucket)

    assert done.counts == {Status.CREATED: ROWS}
    assert bucket.answers[429] <= ROWS / 10


def test_more_at_a_time_where_that_is_faster(office: Office) -> None:
    office.concurrency = 16

    async def far(_: Asked, serve: Serve) -> Said:
        await asyncio.sleep(0.08)
        return await serve()

    done = office.run(book(people=PEOPLE), lambda _: far)

    assert done.troubled is not None
    assert done.troubled.most == 16


def test_no_more_at_a_time_where_they_only_wait_for_one_another(office: Office) -> None:
    """A server that does one thing after the other."""
    office.concurrency = 32
    one_by_one = asyncio.Semaphore(8)

    async def narrow(_: Asked, serve: Serve) -> Said:
        async with one_by_one:
            await asyncio.sleep(0.08)
            return await serve()

    done = office.run(book(people=PEOPLE), lambda _: narrow)

    assert done.troubled is not None
    assert done.troubled.most <= 20


def test_a_stop_is_heard_while_waiting_for_tokens(office: Office) -> None:
    stop = Stop()
    bucket = Bucket(90, 3600)

    def act(asked: Asked) -> Act:
        if bucket.answers.total() == 20:
            asyncio.get_running_loop().call_later(5.0, stop.request)
        return bucket.act

    done = office.run(book(people=PEOPLE), act, stop=stop)

    assert done.every_row_once()
    assert done.counts[Status.PENDING] > 150
    assert len(office.records(Kind.CUSTOMERS)) == done.counts[Status.CREATED]
    assert not [event for event in done.events if isinstance(event, Waited) and event.reason == "server_error"]
