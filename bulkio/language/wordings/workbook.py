"""Words of the workbook room: code → (what is wrong, what to do)."""

from __future__ import annotations

SAVE_AS = "Open it in Excel, choose Save as, pick Excel Workbook (.xlsx), and use that file."

WORDINGS: dict[str, tuple[str, str]] = {
    "no_file": ("There is no file {path}.", "Check the name and the folder."),
    "is_a_folder": ("{path} is a folder, not a workbook.", "Name the .xlsx file inside it."),
    "not_a_file": ("{path} is a pipe or a device, not a file.", "Save the workbook as a file and name that."),
    "cannot_read": ("{path} cannot be read: {reason}.", "Close it in other programs and check that you may open it."),
    "empty_file": ("{path} is empty.", "Fetch the file again; a download or a copy was probably cut off."),
    "not_a_workbook": ("{path} is not an Excel workbook.", SAVE_AS),
    "looks_like_csv": (
        "{path} is plain text (such as csv), not an Excel workbook.",
        "Rename it to end in .csv and use that; or open it in Excel and save it as Excel Workbook (.xlsx).",
    ),
    "wrong_encoding": (
        "{path} is not written in the encoding {encoding}.",
        "Say another one with --encoding, such as utf-8, cp1252 or utf-16; or leave it out and let bulkio find it.",
    ),
    "unknown_encoding": ("There is no encoding {encoding}.", "Say one such as utf-8, cp1252, latin-1 or utf-16."),
    "unknown_delimiter": (
        "{delimiter} cannot stand between columns.",
        "Say one character, or one of semicolon, comma, tab, bar.",
    ),
    "no_known_columns": (
        "No row of {path} names columns that bulkio knows (read as {encoding}, {delimiter} between columns).",
        "Put the column names in one row above the data, as in the template; or say --encoding and --delimiter.",
    ),
    "read_as_text": (
        "The file is text; it is read as {encoding} with {delimiter} between columns.",
        "Where letters or columns look wrong, say --encoding or --delimiter.",
    ),
    "hidden_sheet": (
        "The sheet is hidden; its rows are imported like the others.",
        "Rename or delete it if it should not be imported.",
    ),
    "encrypted_workbook": (
        "{path} is protected with a password and cannot be read.",
        "Open it in Excel, remove the password under File, Info, Protect Workbook, and save it.",
    ),
    "old_xls": ("{path} is in the old .xls format of Excel.", SAVE_AS),
    "xlsb_workbook": ("{path} is a binary workbook (.xlsb).", SAVE_AS),
    "ods_workbook": (
        "{path} is an OpenDocument spreadsheet (.ods).",
        "Open it in LibreOffice or Excel and save it as Excel Workbook (.xlsx).",
    ),
    "damaged_workbook": (
        "{path} is damaged: its part {part} cannot be read.",
        "Open it in Excel, let it repair the file, save it, and use that file; or fetch it again.",
    ),
    "has_dtd": (
        "{path} holds an XML document type in {part}, which no workbook needs; it is not read for safety.",
        "Ask where the file comes from; saving it again in Excel removes it.",
    ),
    "unsafe_path": (
        "{path} holds a part that points outside the file ({part}); it is not read for safety.",
        "Ask where the file comes from; saving it again in Excel removes it.",
    ),
    "zip_bomb": (
        "{path} unpacks to far more than a workbook holds ({part}); it is not read for safety.",
        "Ask where the file comes from; copy the rows you need into a new workbook.",
    ),
    "too_large": (
        "{path} is too large to read ({what}: {found}, the limit is {limit}).",
        "Split it into several workbooks, or delete empty formatted rows and columns.",
    ),
    "bad_limit": (
        "BULKIO_LIMITS says {setting}, which sets no limit.",
        "Say one or more of these with a whole number, such as cells=80000000: {known}.",
    ),
    "no_known_sheet": (
        "{path} holds no sheet that bulkio knows. Found: {found}. Expected at least one of: {expected}.",
        "Rename the sheet, or start from a template: bulkio template -o FILE.",
    ),
    "cannot_write": (
        "{path} cannot be written: {reason}.",
        "Close it in Excel if it is open there, or name another file.",
    ),
    "workbook_changed_meanwhile": (
        "{path} was changed by another program since it was read; nothing was written.",
        "Open it again in bulkio; corrections that are not in it yet are then lost.",
    ),
    "cell_holds_a_formula": (
        "{cell} on the sheet {sheet} holds a formula, which bulkio does not replace.",
        "Undo that correction and mend the formula in Excel.",
    ),
    "no_place_for_file": (
        "{path} is a folder or a device, and no workbook can be written over it.",
        "Name a file, such as results.xlsx.",
    ),
    "no_header": (
        "The sheet has no header row with columns that bulkio knows.",
        "Put the column names in one row above the data, as in the template.",
    ),
    "two_header_rows": (
        "Rows {first} and {second} both look like header rows, so the columns are not certain.",
        "Delete one of the two rows.",
    ),
    "duplicate_column": (
        "The column {column} stands twice in the sheet, in {first} and {second}.",
        "Delete or rename one of the two columns.",
    ),
    "unknown_column": (
        "The column {column} is not known and is ignored.",
        "Rename it to one of the template's columns if it should be imported.",
    ),
    "two_sheets": (
        "The sheets {first} and {second} hold the same kind of record; only {first} is read.",
        "Put the rows on one sheet, or rename the one that should not be read.",
    ),
    "missing_column": (
        "The column {column} is required and is missing from the sheet.",
        "Add the column and fill it in for every row.",
    ),
    "merged_header": (
        "The header cell {range} is merged, so its columns cannot be told apart.",
        "Unmerge the cells and give every column its own name.",
    ),
    "merged_cells": (
        "The cells {range} are merged; only the first holds a value, the others are blank.",
        "Unmerge the cells and write the value in every row.",
    ),
    "hidden_rows": (
        "{count} rows of the sheet are hidden by a filter or by hand; they are imported like the others.",
        "Delete the rows that should not be imported.",
    ),
}

STATUS_HEADING = "bulkio status"
NUMBER_HEADING = "bulkio number"
MESSAGE_HEADING = "bulkio message"
BALANCE_HEADING = "Balance (read-only)"
DUE_HEADING = "Due amount (read-only)"
INVOICED_HEADING = "Invoiced in the period (read-only)"
UNPAID_HEADING = "Unpaid of it (read-only)"
UPDATED_HEADING = "Last updated (read-only)"
TOLD_HEADINGS = (BALANCE_HEADING, DUE_HEADING, INVOICED_HEADING, UNPAID_HEADING, UPDATED_HEADING)
"""Columns that an export tells beside the customers and that an import passes over."""

STATUS_WORDS: dict[str, str] = {
    "created": "created",
    "updated": "updated",
    "unchanged": "unchanged",
    "skipped": "skipped",
    "refused": "refused",
    "in_doubt": "in doubt",
    "pending": "pending",
}
"""Words of `model.outcome.Status` as a results workbook shows them."""
