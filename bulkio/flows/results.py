"""Outcomes and issues become marks beside the rows and cells of the user's own workbook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bulkio.errors import CannotWrite
from bulkio.language import Language, translate, word_coercion, word_issue
from bulkio.model.answers import AS_FOUND, Answers
from bulkio.model.coercion import Coercion
from bulkio.model.issue import Issue, Severity
from bulkio.model.outcome import Outcome, Status
from bulkio.workbook import Annotation, CellMark, RowMark, Tone, annotatable, annotate, headings, status_word

TONES = {
    Status.CREATED: Tone.GOOD,
    Status.UPDATED: Tone.GOOD,
    Status.UNCHANGED: Tone.NEUTRAL,
    Status.SKIPPED: Tone.WARNING,
    Status.REFUSED: Tone.BAD,
    Status.IN_DOUBT: Tone.BAD,
    Status.PENDING: Tone.WARNING,
}

PATCHED = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})
"""Names that the results keep; those of every other kind of file are .xlsx."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the summary sheet says beside the counts: pairs of label and value, already worded."""

    title: str
    lines: tuple[tuple[str, str], ...]


def annotation(
    outcomes: Sequence[Outcome], issues: Sequence[Issue], summary: Summary, language: Language
) -> Annotation:
    """Every outcome as a mark beside its row, every issue as a mark on its cell, sheet-wide issues on the summary sheet."""
    wide = _errors_of_whole_sheets(outcomes, issues)
    return Annotation(
        headings=headings(language),
        rows=tuple(_row_mark(outcome, wide, language) for outcome in outcomes),
        cells=tuple(_cell_marks(issues, language)),
        summary=summary.lines + tuple(_wide_lines(issues, language)),
        summary_title=summary.title,
    )


def coercion_lines(coercions: Iterable[Coercion], language: Language) -> tuple[tuple[str, str], ...]:
    """What was sent otherwise than it stands, a line a column and reason, for the summary sheet."""
    return tuple((f"{one.place.sheet} {one.place.column}", coercion_words(one, language)) for one in coercions)


def coercion_words(coercion: Coercion, language: Language) -> str:
    """How many cells of a column are sent otherwise than they stand, and one of them."""
    first = coercion.changes[0]
    return word_coercion(coercion.kind, coercion.count, first.shown, first.sent, language)


def line_of(issue: Issue, language: Language) -> str:
    """An issue in one line: its column where the words do not name it, what is wrong, what to do."""
    words = word_issue(issue, language)
    text = f"{words.message} {words.hint}".strip()
    column = issue.place.column
    return f"{column}: {text}" if column and column not in words.message else text


def write_results(source: Path, targets: Iterable[Path], marks: Annotation, answers: Answers = AS_FOUND) -> Path:
    """Write the annotated copy to the first place that takes it, and say which; the journal outlives them all.

    Raises `CannotWrite` of the first place where none takes it.
    """
    first: CannotWrite | None = None
    with annotatable(source, answers) as patchable:
        for target in targets:
            try:
                annotate(patchable, target, marks)
            except CannotWrite as fault:
                first = first or fault
                continue
            return target
    raise first or CannotWrite("cannot_write", path=str(source))


def free_name(workbook: Path, folder: Path, language: Language) -> Path:
    """A name for the results beside the workbook that no file has yet: an earlier results file may hold the user's fixes."""
    word = translate("results", language)
    stem = _without_suffix(workbook.stem, word)
    suffix = workbook.suffix if workbook.suffix.lower() in PATCHED else ".xlsx"
    candidate, ordinal = folder / f"{stem}-{word}{suffix}", 2
    while candidate.exists():
        candidate = folder / f"{stem}-{word}-{ordinal}{suffix}"
        ordinal += 1
    return candidate


def _without_suffix(stem: str, word: str) -> str:
    head, found, tail = stem.rpartition(f"-{word}")
    return head if found and (not tail or tail.removeprefix("-").isdigit()) else stem


def _errors_of_whole_sheets(outcomes: Sequence[Outcome], issues: Sequence[Issue]) -> dict[str, list[Issue]]:
    """The errors that refuse every row of their sheet: about the sheet itself, or above its first row."""
    first: dict[str, int] = {}
    for outcome in outcomes:
        sheet, row = outcome.place.sheet or "", outcome.place.row or 0
        first[sheet] = min(row, first.get(sheet, row))
    wide: dict[str, list[Issue]] = defaultdict(list)
    for issue in issues:
        of = issue.place.sheet or ""
        if issue.severity is Severity.ERROR and of in first and (issue.place.row or 0) < first[of]:
            wide[of].append(issue)
    return wide


def _reasons(outcome: Outcome, wide: Mapping[str, Sequence[Issue]]) -> Sequence[Issue]:
    """The row's own issues; a row that was refused without an error of its own was refused with its sheet."""
    own = any(issue.severity is Severity.ERROR for issue in outcome.issues)
    if own or outcome.status is not Status.REFUSED:
        return outcome.issues
    return (*outcome.issues, *wide.get(outcome.place.sheet or "", ()))


def _row_mark(outcome: Outcome, wide: Mapping[str, Sequence[Issue]], language: Language) -> RowMark:
    return RowMark(
        sheet=outcome.place.sheet or "",
        row=outcome.place.row or 0,
        status=outcome.status,
        status_word=status_word(outcome.status, language),
        number=outcome.number,
        message="\n".join(
            (*_is_in(outcome, language), *(line_of(issue, language) for issue in _reasons(outcome, wide)))
        ),
        tone=TONES[outcome.status],
    )


def _is_in(outcome: Outcome, language: Language) -> Iterable[str]:
    """What a refused row says first where the record went in and only a field of it did not."""
    errors = [issue for issue in outcome.issues if issue.severity is Severity.ERROR]
    lost_only_fields = bool(errors) and not any(issue.costs_row for issue in errors)
    if outcome.status is Status.REFUSED and outcome.number is not None and lost_only_fields:
        yield translate("Number {number} is in; only this could not be set:", language, number=outcome.number)


def _cell_marks(issues: Sequence[Issue], language: Language) -> Iterable[CellMark]:
    by_cell: dict[tuple[str, int, str], list[Issue]] = defaultdict(list)
    for issue in issues:
        place = issue.place
        if place.sheet is not None and place.row is not None and place.letter is not None:
            by_cell[place.sheet, place.row, place.letter].append(issue)
    for (sheet, row, letter), found in by_cell.items():
        bad = any(issue.severity is Severity.ERROR for issue in found)
        text = "\n".join(_note(issue, language) for issue in found)
        yield CellMark(sheet, row, letter, text, Tone.BAD if bad else Tone.WARNING)


def _note(issue: Issue, language: Language) -> str:
    words = word_issue(issue, language)
    return "\n".join(part for part in (words.message, words.hint, f"({issue.code})") if part)


def _wide_lines(issues: Sequence[Issue], language: Language) -> Iterable[tuple[str, str]]:
    for issue in issues:
        if issue.place.row is None:
            yield issue.place.sheet or "", line_of(issue, language)
