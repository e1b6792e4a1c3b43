"""Words of what stops a command: code → (what is wrong, what to do)."""

from __future__ import annotations

WORDINGS: dict[str, tuple[str, str]] = {
    "no_home": (
        "The folder {path}, where bulkio keeps its things, cannot be made: {reason}.",
        "Make it writable, or name another one in BULKIO_HOME.",
    ),
    "settings_damaged": (
        "The list of agreements in {path} cannot be read.",
        "Remove that file and add the agreements again; the journal and the agreements themselves are untouched.",
    ),
    "unknown_agreement": (
        "There is no agreement called “{name}”; known are: {known}.",
        "Add it with: bulkio agreements add {name}",
    ),
    "reserved_name": (
        "“{name}” is the built-in practice agreement.",
        "Choose another name.",
    ),
    "no_tokens": (
        "There are no tokens for “{name}”.",
        "Set {app} and {grant} in the environment.",
    ),
    "not_added": ("“{name}” was not added.", ""),
    "other_agreement": (
        "The tokens for “{name}” open agreement {found}, but {expected} was added under that name. Nothing was sent.",
        "Set the right tokens, or add the agreement again under a name of its own.",
    ),
    "confirm_company": (
        "Nothing was sent: writing to {company} (agreement {number}) takes the company's name.",
        'Type it when asked, or give --confirm "{company}".',
    ),
    "workbook_changed": (
        "The workbook {path} was changed after the plan was made. Nothing was sent.",
        "Import it again, so that what is sent is what was looked at.",
    ),
    "unknown_run": (
        "There is no run {run} in the journal; the last ones are: {known}.",
        "bulkio runs lists all of them.",
    ),
    "no_run_named": ("Which run is meant?", "Name it: bulkio runs {action} RUN; bulkio runs lists all of them."),
    "run_forgotten": (
        "The workbook of run {run} is not kept any more.",
        "Import the workbook again: what is in already is not sent again.",
    ),
    "run_of_other_agreement": (
        "Run {run} is for agreement {expected}, but the tokens open {found}. Nothing was sent.",
        "Set the right tokens.",
    ),
    "agreement_busy": (
        "Another bulkio is at work on agreement {number}. Nothing was sent.",
        "Wait until it has finished: two at once could create the same records.",
    ),
    "no_workbook_named": (
        "Which workbook is to be imported?",
        "Name it: bulkio import FILE, or bulkio import --plan PLAN.",
    ),
    "no_plan": ("{path} is no saved plan of this bulkio.", "Make one with: bulkio plan FILE -o PLAN"),
    "plan_of_other_workbook": (
        "The workbook {path} was changed after the plan was made. Nothing was sent.",
        "Make a new plan with bulkio plan.",
    ),
    "plan_moved": (
        "The agreement has moved since the plan was made: {rows} rows would now go otherwise, the first is {sheet} row {row}. Nothing was sent.",
        "Make a new plan with bulkio plan.",
    ),
    "results_is_workbook": (
        "The results would replace the workbook itself: {path}.",
        "Name another file with --results, or leave --results out.",
    ),
    "results_elsewhere": (
        "The results could not be written to {path}; they are in {place}.",
        "Close that file in Excel if it is open there, or name another place with --results.",
    ),
    "results_not_written": (
        "The results could be written neither to {path} nor anywhere else; what was sent is in the journal.",
        "Make room or name another place, and run: bulkio results RUN -o FILE.",
    ),
    "template_exists": (
        "{path} is there already, and is filled in.",
        "Name another file with -o, or delete that one first.",
    ),
    "no_terminal": (
        "The review needs a terminal to show {path} on.",
        "Run it in a terminal window, or use bulkio check, which lists the same faults.",
    ),
    "unknown_kind": (
        "“{word}” is no kind of record; known are: {known}.",
        "",
    ),
    "unknown_part": (
        "“{word}” is nothing that can be exported; known are: {known}.",
        "",
    ),
    "unknown_export_column": (
        "“{word}” is no column of the chosen sheets; known are: {known}.",
        "",
    ),
    "period_reversed": (
        "The period ends on {last}, before it begins on {first}.",
        "Change --from and --to.",
    ),
    "year_and_days": (
        "--year already says which days; --from and --to cannot stand beside it.",
        "Leave one of them out.",
    ),
    "filter_twice": (
        "There are two filters for {part}.",
        "Make them one, with $and: or $or: between them.",
    ),
    "filter_of_other_part": (
        "There is a filter for {part}, which --entities leaves out.",
        "Leave the filter out, or add {part} to --entities.",
    ),
    "safe_csv_only": ("--safe-for-excel is for --format csv; a workbook is safe by itself.", "Leave it out."),
    "folder_taken": (
        "{path} is there already and is no empty folder.",
        "Name a folder that is not there yet; nothing of yours is replaced.",
    ),
    "no_filter_of_lookups": ("Look-ups cannot be filtered.", "Leave the filter out."),
    "filter_refused": (
        "The API refuses the filter “{filter}” for {part}: {text}",
        "It is written like city$like:odense$and:balance$gt:0.",
    ),
    "sandbox_damaged": (
        "The practice agreement in {path} cannot be read.",
        "Begin a fresh one with: bulkio sandbox --fresh",
    ),
    "sandbox_not_opened": (
        "The practice agreement in {path} cannot be opened: {reason}.",
        "Name another file with --data.",
    ),
    "unknown_chaos": (
        "“{word}” is no trouble that the practice agreement knows; known are: {known}.",
        "Write --chaos flaky, or --chaos flaky:7 to have the same trouble again.",
    ),
    "sandbox_in_use": (
        "The practice agreement in {path} has customers in it; look-ups of another agreement would not fit them.",
        "Add --fresh to begin again, or name another file with --data.",
    ),
    "port_taken": (
        "Port {port} cannot be used: {reason}.",
        "Name another one with --port, or --port 0 for any free one.",
    ),
    "unexpected": (
        "bulkio stopped on a fault of its own ({kind}). What was sent is in the journal; importing again sends only what is missing.",
        "Please send us {log}; it holds no data of yours.",
    ),
}
