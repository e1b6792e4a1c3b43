"""The periods that `/invoices/totals` offers as ready filters (schema invoices.totals.get)."""

from __future__ import annotations

from datetime import date, timedelta

from bulkio.sandbox.calls import Room
from bulkio.sandbox.shelves import Body


def predefined_periods(room: Room) -> Body:
    """Links to the totals of each period, reckoned from today."""
    return {
        name: {"description": description, "self": _link(room, first, last)}
        for name, (description, first, last) in _spans(room.today).items()
    }


def _link(room: Room, first: date, last: date) -> str:
    wanted = f"filter=date$gte:{first.isoformat()}$and:date$lte:{last.isoformat()}"
    address = room.links.to("invoices/totals")
    return f"{address}{'&' if '?' in address else '?'}{wanted}"


def _spans(today: date) -> dict[str, tuple[str, date, date]]:
    monday = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    return {
        "lastFifteenDays": ("The last fifteen days", today - timedelta(days=14), today),
        "lastMonth": ("Last month", before.replace(day=1), before),
        "lastSevenDays": ("The last seven days", today - timedelta(days=6), today),
        "lastThirtyDays": ("The last thirty days", today - timedelta(days=29), today),
        "lastWeek": ("Last week", monday - timedelta(days=7), monday - timedelta(days=1)),
        "lastYear": ("Last year", date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
        "thisMonth": ("This month", month, _month_end(month)),
        "thisWeek": ("This week", monday, monday + timedelta(days=6)),
        "thisYear": ("This year", date(today.year, 1, 1), date(today.year, 12, 31)),
    }


def _month_end(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
