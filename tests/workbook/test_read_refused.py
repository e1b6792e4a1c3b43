"""Whatever is handed over instead of a workbook: one clear line with its code, and no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bulkio.errors import BulkioError, NoKnownSheet, NotAWorkbook
from bulkio.language import Language, word_error
from bulkio.workbook import Limits, read
from tests.workbook.bad_files import FILES, GOOD, SHEET, SHEETS
from tests.workbook.parts import header_row, sheet_xml, string


def check(path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`bulkio check` as a user starts it."""
    environment = {**os.environ, "BULKIO_HOME": str(path.parent / "home"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "bulkio", "check", str(path), *words],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done


def refusal(path: Path, limits: Limits | None = None) -> BulkioError:
    with pytest.raises((NotAWorkbook, NoKnownSheet)) as caught:
        read(path, limits) if limits is not None else read(path)
    return caught.value


@pytest.mark.parametrize("name", FILES)
def test_it_is_refused_with_its_code_and_words_in_both_languages(tmp_path: Path, name: str) -> None:
    make, code = FILES[name]
    fault = refusal(make(tmp_path))

    assert fault.code == code
    assert fault.exit_code == 2
    for language in Language:
        wording = word_error(fault, language)
        assert wording.message
        assert wording.hint
        assert "{" not in wording.message
        assert "\n" not in wording.message


@pytest.mark.parametrize("name", FILES)
def test_the_command_says_one_line_and_exits_with_two(tmp_path: Path, name: str) -> None:
    make, code = FILES[name]
    done = check(make(tmp_path), "--json")

    assert done.returncode == 2, done.stderr
    assert json.loads(done.stdout)["error"]["code"] == code


@pytest.mark.parametrize("name", SHEETS)
def test_what_is_wrong_with_a_sheet_is_told_at_its_place(tmp_path: Path, name: str) -> None:
    make, code, cell, exit_code = SHEETS[name]
    done = check(make(tmp_path), "--json")
    issues = [one for one in json.loads(done.stdout)["issues"] if one["code"] == code]

    assert done.returncode == exit_code, done.stdout
    assert issues, done.stdout
    assert (issues[0]["sheet"], issues[0]["cell"]) == ("Customers", cell)


def test_a_file_that_may_not_be_opened_is_told_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "loop.xlsx").symlink_to(tmp_path / "loop.xlsx")

    assert refusal(tmp_path / "loop.xlsx").code == "cannot_read"


@pytest.mark.parametrize(
    ("limits", "what"),
    [
        (Limits(file_bytes=100), "bytes"),
        (Limits(entries=3), "parts"),
        (Limits(total_bytes=1000), "unpacked bytes"),
        (Limits(part_bytes=100), SHEET),
        (Limits(small_part_bytes=10), "_rels/.rels"),
        (Limits(rows=1), "rows"),
        (Limits(columns=2), "columns"),
        (Limits(cells=5), "cells"),
    ],
)
def test_every_limit_is_kept_and_named(tmp_path: Path, limits: Limits, what: str) -> None:
    fault = refusal(GOOD.with_part("xl/sharedStrings.xml", "<sst><si/></sst>").save(tmp_path / "book.xlsx"), limits)

    assert (fault.code, fault.parameters["what"]) == ("too_large", what)


def test_a_declared_size_that_is_too_small_does_not_help_a_bomb(tmp_path: Path) -> None:
    """The directory says 100 bytes, the stream gives millions."""
    path = GOOD.with_part(SHEET, sheet_xml(header_row() + " " * 9_000_000)).save(tmp_path / "book.xlsx")
    data = path.read_bytes()
    size = (9_000_000 + len(sheet_xml(header_row()).encode())).to_bytes(4, "little")
    assert size in data
    path.write_bytes(data.replace(size, (100).to_bytes(4, "little")))

    assert refusal(path).code == "damaged_workbook"


ENDLESS = {
    "cells that are never closed": '<row r="2">' + '<c r="A2"><f>' * 40_000,
    "cells without an end of their tag": '<row r="2">' + '<c r="A2" ' * 60_000,
    "rows that are never closed": '<row r="2">' * 100_000,
    "runs that are never closed": f'<row r="2"><c r="A2" t="inlineStr"><is>{"<t " * 100_000}</is></c></row>',
    "phonetic runs that are never closed": f'<row r="2"><c r="A2" t="inlineStr"><is>{"<rPh>" * 80_000}</is></c></row>',
    "inline strings that are closed again and again": f'<row r="2"><c r="A2"><is>{"</is><extLst>" * 60_000}</c></row>',
    "comments that are never closed": "<!-- " * 100_000,
    "space without end": " " * 2_000_000 + '<row r="2"' + " " * 2_000_000,
}


@pytest.mark.parametrize("name", ENDLESS)
def test_time_does_not_grow_with_the_square_of_a_bad_part(tmp_path: Path, name: str) -> None:
    """Each of these took minutes or more in a scanner that looks back or far ahead."""
    path = GOOD.with_part(SHEET, sheet_xml(header_row() + ENDLESS[name])).save(tmp_path / "book.xlsx")
    done = check(path, "--json")

    assert json.loads(done.stdout)["error"]["code"] in {"damaged_workbook", "zip_bomb"}


@pytest.mark.parametrize("item", ["<si>", "<si><t>", "<si><rPh>", "<si><r><t "])
def test_nor_of_bad_shared_strings(tmp_path: Path, item: str) -> None:
    path = GOOD.with_part("xl/sharedStrings.xml", "<sst>" + item * 100_000 + "</sst>").save(tmp_path / "book.xlsx")
    done = check(path, "--json")

    assert json.loads(done.stdout)["error"]["code"] == "damaged_workbook"


def test_many_rows_that_begin_with_a_space_are_read_in_one_go(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{row}">{string(f"A{row}", " ")}{string(f"B{row}", "Bo")}</row>' for row in range(2, 30_002)
    )
    path = GOOD.with_part(SHEET, sheet_xml(header_row() + rows)).save(tmp_path / "book.xlsx")
    done = check(path, "--json")

    assert json.loads(done.stdout)["rows"]["total"] == 30_000
