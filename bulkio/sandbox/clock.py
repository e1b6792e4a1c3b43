"""Times as the API writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


def last_updated(moment: datetime) -> str:
    """UTC with a Z and no fraction, as `lastUpdated` is published."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def log_time(moment: datetime) -> str:
    """Danish local time without a zone, as seen in `logTime` of real error bodies."""
    return (moment + danish_offset(moment)).strftime("%Y-%m-%dT%H:%M:%S")


def danish_offset(moment: datetime) -> timedelta:
    """Denmark's distance from UTC; reckoned here since not every machine carries time zone data."""
    begins = _last_sunday(moment.year, 3)
    ends = _last_sunday(moment.year, 10)
    return timedelta(hours=2 if begins <= moment < ends else 1)


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def read_date(text: str) -> date | None:
    """The day at the start of a text, or None; a time of day after it is ignored, as seen on drafts."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)
