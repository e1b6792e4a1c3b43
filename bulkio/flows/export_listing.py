"""Everything an export reads from the agreement; a part that the grant may not see is missing, and the rest is there."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bulkio.economic import Economic
from bulkio.economic.listings import together
from bulkio.errors import Misuse, NoConnection, NoPermission
from bulkio.flows.export_choice import OF_CUSTOMERS, Choice, Part
from bulkio.model.snapshot import Lookup

Record = Mapping[str, Any]
REFERENCES = {
    Part.CONTACTS: ("attention", "their_reference"),
    Part.DELIVERY_LOCATIONS: ("default_delivery_location",),
}
"""The customers' columns that show a record of another part, which is then read whole, whatever else is asked for."""

LISTED = tuple(lookup for lookup in Lookup if lookup is not Lookup.CUSTOMER_GROUP)


@dataclass(frozen=True, slots=True)
class Held:
    """The records of each part that is exported, in the classic host's shape, by number.

    `shown` are the contacts and delivery locations that the customers' columns speak of. `missing` tells for each part that the grant may not
    see what the API said.
    """

    records: Mapping[Part, Sequence[Record]]
    shown: Mapping[Part, Sequence[Record]]
    missing: Mapping[Part, str]


async def fetch(api: Economic, choice: Choice) -> Held:
    """Read the chosen parts, several at a time. Raises `NoPermission` where none of them may be seen, `Misuse` for a filter that is refused."""
    asked = {part: choice.condition(part) for part in choice.parts}
    looked_up = [part for part in REFERENCES if _speaks_of(choice, part)]
    whole = [part for part in looked_up if asked.get(part) != ""]
    work = [_read(api, choice, part, condition) for part, condition in asked.items()]
    found = await together([*work, *(_read(api, choice, part, "") for part in whole)])
    answers = dict(zip(asked, found, strict=False))
    _refuse_where_nothing_is_seen(answers)
    records = {part: answer for part, answer in answers.items() if not isinstance(answer, NoPermission)}
    missing = {
        part: str(answer.parameters["text"]) for part, answer in answers.items() if isinstance(answer, NoPermission)
    }
    seen = {**answers, **dict(zip(whole, found[len(asked) :], strict=True))}
    shown = {part: answer for part in looked_up if not isinstance(answer := seen[part], NoPermission)}
    return Held(_following(records, choice), shown, missing)


def _speaks_of(choice: Choice, part: Part) -> bool:
    """Whether the customers' sheet shows records of this part."""
    kept = not choice.fields or not choice.fields.isdisjoint(REFERENCES[part])
    return Part.CUSTOMERS in choice.parts and kept


def _following(records: Mapping[Part, Sequence[Record]], choice: Choice) -> Mapping[Part, Sequence[Record]]:
    """What belongs to a customer that a filter left out is left out too."""
    if Part.CUSTOMERS not in choice.filters or Part.CUSTOMERS not in records:
        return records
    if choice.since is not None:  # a customer that was not changed may have a contact that was
        return records
    numbers = {record["customerNumber"] for record in records[Part.CUSTOMERS]}
    return {
        part: [one for one in listed if (one.get("customer") or {}).get("customerNumber") in numbers]
        if part in OF_CUSTOMERS
        else listed
        for part, listed in records.items()
    }


def _refuse_where_nothing_is_seen(answers: Mapping[Part, Sequence[Record] | NoPermission]) -> None:
    """Look-ups alone are no export: every grant sees some of them."""
    told = [answer for part, answer in answers.items() if part is not Part.LOOKUPS]
    refusals = [answer for answer in told if isinstance(answer, NoPermission)]
    if refusals and len(refusals) == len(told):
        raise refusals[0]


async def _read(api: Economic, choice: Choice, part: Part, condition: str) -> Sequence[Record] | NoPermission:
    try:
        return await _listing(api, choice, part, condition)
    except NoPermission as refused:
        if refused.code == "wrong_tokens":
            raise
        return refused
    except NoConnection as error:
        if part in choice.filters and condition and error.parameters.get("status") == 400:
            text = error.parameters.get("text") or ""
            raise Misuse("filter_refused", filter=choice.filters[part], part=part.value, text=text) from error
        raise


def _listing(api: Economic, choice: Choice, part: Part, condition: str) -> Awaitable[Sequence[Record]]:
    match part:
        case Part.CUSTOMER_GROUPS:
            return api.customer_groups(condition)
        case Part.CUSTOMERS:
            return api.customers(condition)
        case Part.CONTACTS:
            return api.contacts(condition)
        case Part.DELIVERY_LOCATIONS:
            return api.delivery_locations(condition)
        case Part.BOOKED_INVOICES:
            return api.booked_invoices(choice.period.first, choice.period.last, condition)
        case Part.DRAFT_INVOICES:
            return api.draft_invoices(choice.period.first, choice.period.last, condition)
        case Part.LOOKUPS:
            return _look_ups(api)


async def _look_ups(api: Economic) -> Sequence[Record]:
    """Each entry of each look-up, the groups aside, which have a sheet of their own; one without an entry stands for a list that may not be seen."""
    found = await api.choices(LISTED)
    return [{"list": one, "entry": entry} for one in LISTED for entry in found.get(one, (None,))]
