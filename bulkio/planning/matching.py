"""Which customer of the agreement a row means, in the order in which a claim can be trusted.

Its own number; its own reference in the journal; the number an earlier results workbook wrote beside it; the same content sent by
an earlier run; and last, when nothing says otherwise, the CVR number or name and address, which is said in a warning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bulkio.model.issue import Issue
from bulkio.model.kind import Kind
from bulkio.model.known import KnownRow
from bulkio.model.outcome import Status
from bulkio.planning.allocating import Allocation, numbers_in_use
from bulkio.planning.basis import Basis
from bulkio.planning.existing import Record, number_of, property_of
from bulkio.planning.folding import folded
from bulkio.planning.identity import Ordinals, by_number, by_reference
from bulkio.planning.rows import Row
from bulkio.planning.steps import Found

_KIND = Kind.CUSTOMERS


def find_customers(basis: Basis, rows: Sequence[Row], allocate_from: int | None) -> list[Found]:
    """What each row stands for; rows that stand for nothing yet have the number they shall get."""
    found = _remembered(basis, rows)
    found = _alike(basis, rows, found)
    allocation = Allocation(numbers_in_use(basis.agreement.numbers(_KIND), rows, basis.known), allocate_from)
    return [
        _numbered(basis, row, one, allocation) if _is_open(row, one) else one
        for row, one in zip(rows, found, strict=True)
    ]


def _is_open(row: Row, found: Found) -> bool:
    return found.number is None and found.refusal is None and not row.refused


def _numbered(basis: Basis, row: Row, found: Found, allocation: Allocation) -> Found:
    number = allocation.take()
    if number is None:
        return replace(found, refusal=basis.error(row, "no_free_number", "customer_number"))
    return replace(found, number=number)


def _remembered(basis: Basis, rows: Sequence[Row]) -> list[Found]:
    ordinals = Ordinals()
    claims = Counter(row.written for row in rows if row.key is None)
    return [_claimed(basis, row, ordinals.by_content(row), claims) for row in rows]


def _claimed(basis: Basis, row: Row, content: str, claims: Counter[int | None]) -> Found:
    if row.key is not None:
        return Found(by_number(_KIND, row.key), row.key, basis.agreement.find(_KIND, row.key))
    reference = row.values.get("own_reference")
    identity = by_reference(str(reference)) if reference is not None else content
    known = basis.known.get(identity) if reference is not None else None
    if known is None and row.written is not None and claims[row.written] == 1:
        remote = basis.agreement.find(_KIND, row.written)
        if remote is not None:
            return Found(identity, row.written, remote)
    return _sent_before(basis, row, identity, known or basis.known.get(content))


def _sent_before(basis: Basis, row: Row, identity: str, known: KnownRow | None) -> Found:
    """The record that an earlier run made of the row. One that is gone, or never came to be, gets its number again."""
    if known is None:
        return Found(identity)
    remote = basis.agreement.find(_KIND, known.number)
    if remote is not None and known.status is Status.IN_DOUBT and not _same_customer(row, remote):
        return Found(identity, refusal=basis.error(row, "in_doubt_differs", number=known.number))
    return Found(identity, known.number, remote)


def _same_customer(row: Row, remote: Record) -> bool:
    return folded(row.values.get("name")) == folded(remote.get("name")) or (
        bool(_cvr(row)) and _cvr(row) == _remote_cvr(remote)
    )


def _alike(basis: Basis, rows: Sequence[Row], found: list[Found]) -> list[Found]:
    """The rows that nothing names yet, matched by what they say."""
    if not any(_is_open(row, one) for row, one in zip(rows, found, strict=True)):
        return found
    look = Likeness(basis, {one.number for one in found if one.remote is not None})
    candidates = [look.candidates(row) if _is_open(row, one) else [] for row, one in zip(rows, found, strict=True)]
    claims = _claims(rows, candidates)
    return [
        _matched(basis, row, one, options, claims) if options else one
        for row, one, options in zip(rows, found, candidates, strict=True)
    ]


def _claims(rows: Sequence[Row], candidates: Sequence[list[Record]]) -> dict[int, list[Row]]:
    """The rows that mean each record: where one of several is alike in name and address too, that one alone."""
    claims: dict[int, list[tuple[Row, Record]]] = {}
    for row, options in zip(rows, candidates, strict=True):
        if len(options) == 1:
            claims.setdefault(number_of(options[0], _KIND), []).append((row, options[0]))
    exact = {
        number: [row for row, one in pairs if _address(row) == _remote_address(one)] for number, pairs in claims.items()
    }
    return {
        number: exact[number] if len(exact[number]) == 1 else [row for row, _ in pairs]
        for number, pairs in claims.items()
    }


def _matched(basis: Basis, row: Row, found: Found, options: list[Record], claims: dict[int, list[Row]]) -> Found:
    numbers = sorted(number_of(one, _KIND) for one in options)
    if len(numbers) > 1:
        return replace(found, refusal=_several(basis, row, numbers))
    claimants = claims[numbers[0]]
    if row not in claimants:
        return found
    if len(claimants) > 1:
        others = ", ".join(str(one.number) for one in claimants if one is not row)
        return replace(found, refusal=basis.error(row, "several_rows_match", number=numbers[0], rows=others))
    warnings = (basis.warning(row, "matched_existing", number=numbers[0]),)
    return replace(found, number=numbers[0], remote=options[0], warnings=warnings)


def _several(basis: Basis, row: Row, numbers: Iterable[int]) -> Issue:
    return basis.error(row, "several_matches", numbers=", ".join(map(str, numbers)))


class Likeness:
    """The agreement's customers by CVR number and by name and address, those left out that a row names already."""

    def __init__(self, basis: Basis, claimed: set[int | None]) -> None:
        self._by_cvr: dict[str, list[Record]] = {}
        self._by_address: dict[tuple[str, ...], list[Record]] = {}
        for number in basis.agreement.numbers(_KIND):
            record = basis.agreement.find(_KIND, number)
            if record is not None and number not in claimed:
                self._add(record)

    def _add(self, record: Record) -> None:
        self._by_address.setdefault(_remote_address(record), []).append(record)
        if cvr := _remote_cvr(record):
            self._by_cvr.setdefault(cvr, []).append(record)

    def candidates(self, row: Row) -> list[Record]:
        """The customers that the row may mean: of one CVR number those at its address first, else name and address alone."""
        cvr = _cvr(row)
        same_cvr = self._by_cvr.get(cvr, []) if cvr else []
        if same_cvr:
            return [one for one in same_cvr if _remote_address(one) == _address(row)] or same_cvr
        same_address = self._by_address.get(_address(row), [])
        return [one for one in same_address if not (cvr and _remote_cvr(one))]


_ADDRESS = ("name", "address", "postal_code")


def _address(row: Row) -> tuple[str, ...]:
    return tuple(folded(row.values.get(name)) for name in _ADDRESS)


def _remote_address(record: Record) -> tuple[str, ...]:
    return tuple(folded(property_of(record, _KIND, name)) for name in _ADDRESS)


def _cvr(row: Row) -> str:
    return folded(row.values.get("cvr_number")).replace(" ", "")


def _remote_cvr(record: Record) -> str:
    return folded(property_of(record, _KIND, "cvr_number")).replace(" ", "")
