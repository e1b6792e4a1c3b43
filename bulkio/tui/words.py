"""Words that more than one screen uses."""

from __future__ import annotations

from bulkio.language import Language, translate
from bulkio.model.outcome import Status
from bulkio.tui.figures import duration


def status_words(language: Language) -> dict[Status, str]:
    """How each status is called, in the order in which they are shown."""
    return {
        Status.CREATED: translate("Created", language),
        Status.UPDATED: translate("Updated", language),
        Status.UNCHANGED: translate("Unchanged", language),
        Status.SKIPPED: translate("Skipped", language),
        Status.REFUSED: translate("Refused", language),
        Status.IN_DOUBT: translate("In doubt", language),
        Status.PENDING: translate("Not sent", language),
    }


def waiting_words(reason: str, seconds: float, language: Language) -> str:
    """Why nothing moves just now, and for how long."""
    time = duration(max(1.0, seconds))
    worded = {
        "rate_limit": translate("e-conomic asks for a pause; going on in {time}", language, time=time),
        "server_error": translate("e-conomic has a fault of its own; trying again in {time}", language, time=time),
        "no_connection": translate("No connection; trying again in {time}", language, time=time),
    }
    return worded.get(reason, translate("Waiting; going on in {time}", language, time=time))
