"""What it costs to give a workbook back, as ratios within this run: `python -m benchmarks.writing [--rows 200000]`.

1. Annotating with one faulty row in a hundred: with zlib at level 6 beside unzipping and zipping the same parts at that level (at most 1.2), with the
   codec it ships with beside openpyxl's load, edit and save (at least 50 times as fast), and the growth of the process (under 64 MiB).
2. An export beside XlsxWriter in constant memory and openpyxl in write-only mode (ahead of both).
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks import customers_workbook

KIBIBYTES_A_MEBIBYTE = 1024
MEASURED_ALONE = "--alone"


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def zipped_again(source: Path, target: Path) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry))


def annotated(source: Path, target: Path, rows: int, *, plain_zlib: bool = False) -> float:
    """Seconds to annotate, marks made before; one row in a hundred is refused."""
    from bulkio.language import Language
    from bulkio.workbook import Annotation, CellMark, RowMark, Tone, headings
    from bulkio.workbook.annotate import annotate
    from bulkio.workbook.codec import packer, zlib_packer

    good = (RowMark("Customers", row, "created", "created", row, "", Tone.GOOD) for row in range(2, rows + 2))
    marks = tuple(
        RowMark("Customers", mark.row, "refused", "refused", None, "Email: is no address.", Tone.BAD)
        if mark.row % 100 == 0
        else mark
        for mark in good
    )
    cells = tuple(CellMark("Customers", row, "F", "Is no address.", Tone.BAD) for row in range(100, rows + 2, 100))
    whole = Annotation(headings(Language.ENGLISH), marks, cells, (("Rows", str(rows)),), "bulkio")
    before = peak()
    took = seconds(partial(annotate, source, target, whole, pack=zlib_packer if plain_zlib else packer))
    print(f"{took} {peak() - before}")
    return took


def peak() -> float:
    """Mebibytes that the process held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES_A_MEBIBYTE


def alone(*words: object) -> tuple[float, float]:
    """Seconds and growth in mebibytes of an annotation in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.writing", MEASURED_ALONE, *map(str, words)],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ,
    )
    took, grown = done.stdout.split()
    return float(took), float(grown)


def loaded_edited_and_saved(source: Path, target: Path) -> None:
    """What a plain script does."""
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    workbook = openpyxl.load_workbook(source)
    sheet = workbook["Customers"]
    width = sheet.max_column
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, width + 1, "created")
        sheet.cell(row, width + 2, row)
        if row % 100 == 0:
            sheet.cell(row, 6).fill = PatternFill("solid", start_color="FFFFC7CE")
            sheet.cell(row, 6).comment = Comment("Is no address.", "bulkio")
    workbook.save(target)


def records(rows: int) -> Iterator[tuple[object, ...]]:
    """Rows of an export: text, numbers, amounts, blanks."""
    for number in range(rows):
        names = (
            f"Kunde {number}",
            f"Ågade {number % 90}",
            "8000",
            "Aarhus C",
            f"k{number}@example.dk",
            "+45 12 34 56 78",
        )
        yield (number, *names, None, 12500.5, True, *names, None, number % 7, *names, 1)


def exported(target: Path, rows: int) -> None:
    from bulkio.workbook.export import ColumnType, ExportColumn, ExportSheet, write_export

    kinds = {int: ColumnType.INTEGER, float: ColumnType.DECIMAL, bool: ColumnType.BOOLEAN}
    first = next(records(1))
    columns = tuple(
        ExportColumn(f"Column {place}", kinds.get(type(value), ColumnType.TEXT)) for place, value in enumerate(first)
    )
    write_export(target, [ExportSheet("Customers", columns, records(rows))], "en")


def by_xlsxwriter(target: Path, rows: int) -> None:
    import xlsxwriter

    workbook = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet = workbook.add_worksheet("Customers")
    for row, values in enumerate(records(rows), 1):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    workbook.close()


def by_openpyxl(target: Path, rows: int) -> None:
    import openpyxl

    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Customers")
    for values in records(rows):
        sheet.append(list(values))
    workbook.save(target)


def annotating(folder: Path, rows: int, runs: int, openpyxl_rows: int) -> None:
    source, target = folder / "customers.xlsx", folder / "results.xlsx"
    customers_workbook.write(source, rows)
    turns = [
        (
            seconds(partial(zipped_again, source, target)),
            alone(source, target, rows, "zlib"),
            alone(source, target, rows),
        )
        for _ in range(runs)
    ]
    zipped, plain, shipped = (
        median(turn[0] for turn in turns),
        *(median(turn[at][0] for turn in turns) for at in (1, 2)),
    )
    grown = max(turn[2][1] for turn in turns)
    print(
        f"annotate {rows} rows, zlib 6: {plain:.2f} s / zipped again {zipped:.2f} s = {plain / zipped:.2f} (at most 1.2)"
    )
    print(
        f"annotate {rows} rows, own codec: {shipped:.2f} s / zipped again = {shipped / zipped:.2f}; grew {grown:.0f} MiB (under 64)"
    )
    customers_workbook.write(source, openpyxl_rows)
    slow = seconds(partial(loaded_edited_and_saved, source, target))
    quick = median(alone(source, target, openpyxl_rows)[0] for _ in range(runs))
    print(
        f"openpyxl load, edit, save of {openpyxl_rows} rows: {slow:.1f} s / annotate {quick:.2f} s = {slow / quick:.0f} (at least 50)"
    )


def exporting(folder: Path, rows: int, runs: int) -> None:
    target = folder / "export.xlsx"
    writers = {"XlsxWriter": by_xlsxwriter, "openpyxl": by_openpyxl, "bulkio": exported}
    taken = {
        name: median(seconds(partial(write, target, rows)) for _ in range(runs)) for name, write in writers.items()
    }
    for name in ("XlsxWriter", "openpyxl"):
        print(
            f"export of {rows} rows: {name} {taken[name]:.1f} s / bulkio {taken['bulkio']:.1f} s = {taken[name] / taken['bulkio']:.2f} (over 1)"
        )


def main() -> None:
    if MEASURED_ALONE in sys.argv:
        source, target, rows, *codec = sys.argv[2:]
        annotated(Path(source), Path(target), int(rows), plain_zlib=bool(codec))
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--openpyxl-rows", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        annotating(Path(folder), chosen.rows, chosen.runs, chosen.openpyxl_rows)
        exporting(Path(folder), chosen.rows, chosen.runs)


if __name__ == "__main__":
    main()
