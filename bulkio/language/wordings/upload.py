"""Words of the plan, the upload and the journal: code → (what is wrong, what to do)."""

from __future__ import annotations

_PLAN: dict[str, tuple[str, str]] = {
    "several_matches": (
        "The row fits several records in the agreement: {numbers}.",
        "Write the number of the one that is meant.",
    ),
    "several_rows_match": (
        "The row fits number {number} in the agreement, and so do rows {rows}.",
        "Write its number in the row that is meant, and leave the others to become new records.",
    ),
    "same_record_twice": (
        "The row stands for the same record ({number}) as row {rows}.",
        "Keep one of the rows, or give each its own number or name.",
    ),
    "matched_existing": (
        "The agreement has this customer already, as number {number}: its CVR number, or its name and address, are the same.",
        "Nothing is created twice. If it is another customer, write a customer number of its own.",
    ),
    "in_doubt_differs": (
        "Number {number} was meant for this row when an upload got no answer; in the agreement it now is another customer.",
        "Look at number {number} in e-conomic. If that is not this customer, write a new number in the row.",
    ),
    "no_free_number": ("There is no free customer number left in the agreement.", "Write a number that is not used."),
    "unknown_contact_id": (
        "The agreement has no contact with the id {value}.",
        "Leave the id empty to create a new contact, or write one that exists.",
    ),
    "unknown_location_id": (
        "The agreement has no delivery location with the id {value}.",
        "Leave the id empty to create a new location, or write one that exists.",
    ),
    "other_customer": (
        "Number {number} belongs to customer {customer} in the agreement.",
        "Correct the customer or the id.",
    ),
    "parent_refused": (
        "Not sent: what it belongs to, {sheet} row {row}, has an error.",
        "Correct that row; this one then goes in too.",
    ),
}

_UPLOAD: dict[str, tuple[str, str]] = {
    "plan_of_other_agreement": (
        "The plan is for agreement {expected}, but the tokens open {found}. Nothing was sent.",
        "Set the right tokens, or import the workbook again.",
    ),
    "parent_failed": (
        "Not sent: what it belongs to, {sheet} row {row}, did not get in.",
        "Correct that row; this one then goes in too.",
    ),
    "parent_in_doubt": (
        "Not sent yet: it is not known whether {sheet} row {row} is in.",
        "Finish the run with bulkio resume, or import the workbook again.",
    ),
    "in_doubt": (
        "No answer came, so it is not known whether the row is in.",
        "Finish the run with bulkio resume, or import the workbook again: the agreement is looked at first, and nothing is created twice.",
    ),
    "gone_meanwhile": (
        "Number {number} was deleted in e-conomic after the plan was made.",
        "Import the workbook again if it is to be created anew.",
    ),
    "changed_meanwhile": (
        "Somebody changed this field in e-conomic after the plan was made; it was left as it is there.",
        "Import the workbook again to see both values and choose.",
    ),
}

_VERIFY: dict[str, tuple[str, str]] = {
    "verify_differs": (
        "The agreement holds “{held}” here.",
        "Somebody changed it in e-conomic after the run, or e-conomic keeps the value in its own form.",
    ),
    "verify_missing": (
        "The record ({number}) is not in the agreement.",
        "It was deleted after the run. Importing the workbook again creates it.",
    ),
}

_UNDO: dict[str, tuple[str, str]] = {
    "undo_changed": (
        "Number {number} was changed after the run, so it is kept as it is.",
        "Look at it in e-conomic; what the run wrote there can be corrected or deleted by hand.",
    ),
    "undo_used": (
        "Number {number} has been built upon after the run (contacts, delivery locations or customers), so it is kept.",
        "Remove what was added, then undo the run again.",
    ),
    "undo_gone": ("Number {number} was deleted after the run, so there is nothing to put back.", ""),
    "undo_unfinished": (
        "Run {run} has requests without an answer, so it is not known what there is to undo.",
        "Finish it first: bulkio resume {run}",
    ),
}

_JOURNAL: dict[str, tuple[str, str]] = {
    "journal_damaged": (
        "The journal {journal} is damaged: {reason}. Nothing was sent that it does not hold.",
        "Put back a copy of it from before, or move it aside; without it, look in e-conomic for what the last run created.",
    ),
    "journal_locked": (
        "The journal {journal} is held by another program.",
        "Wait until the other bulkio has finished, then try again.",
    ),
    "journal_full": (
        "There is no room left for the journal {journal}, so nothing more was sent.",
        "Make room on the disk, then finish the run with bulkio resume.",
    ),
    "journal_not_writable": (
        "The journal {journal} cannot be written, so nothing was sent.",
        "Make the file and its folder writable, or name another home in BULKIO_HOME.",
    ),
    "journal_too_new": (
        "The journal {journal} was written by a later bulkio (version {version}).",
        "Use that bulkio, or another home in BULKIO_HOME.",
    ),
}

WORDINGS: dict[str, tuple[str, str]] = {**_PLAN, **_UPLOAD, **_VERIFY, **_UNDO, **_JOURNAL}
