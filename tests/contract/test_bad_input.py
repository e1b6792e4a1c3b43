"""Whatever is handed over: one clear line, a code, the right exit, nothing lost."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.contract.conftest import ROOT, Bulkio
from tests.workbook.marking import customers, repacked

GOOD = ROOT / "samples" / "customers-good.xlsx"


def no_file(folder: Path) -> Path:
    return folder / "there is none.xlsx"


def a_folder(folder: Path) -> Path:
    (folder / "folder.xlsx").mkdir()
    return folder / "folder.xlsx"


def not_a_zip(folder: Path) -> Path:
    path = folder / "noise.xlsx"
    path.write_bytes(bytes(range(256)) * 40)
    return path


def encrypted(folder: Path) -> Path:
    """The head of an OLE compound file, as an encrypted workbook has it."""
    path = folder / "secret.xlsx"
    name = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1016) + name.ljust(64, b"\0") + bytes(2048))
    return path


def a_csv(folder: Path) -> Path:
    path = folder / "customers.xlsx"
    path.write_text("Customer number;Name\n1;Ærø A/S\n", encoding="cp1252")
    return path


def truncated(folder: Path) -> Path:
    path = folder / "half.xlsx"
    path.write_bytes(GOOD.read_bytes()[:-600])
    return path


def no_sheet_of_ours(folder: Path) -> Path:
    workbook = openpyxl.Workbook()
    workbook.active.title = "Budget"  # type: ignore[union-attr]  # a new workbook has an active sheet
    workbook.save(folder / "budget.xlsx")
    return folder / "budget.xlsx"


def with_a_dtd(folder: Path) -> Path:
    return rewritten(folder / "dtd.xlsx", lambda xml: xml.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1))


def a_zip_bomb(folder: Path) -> Path:
    return rewritten(
        folder / "bomb.xlsx", lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + b" " * 100_000_000, 1)
    )


def rewritten(target: Path, change: Callable[[bytes], bytes]) -> Path:
    with zipfile.ZipFile(GOOD) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        changed = False
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet") and not changed:
                data, changed = change(data), True
            out.writestr(entry.filename, data)
    return target


FILES = [
    (no_file, "no_file"),
    (a_folder, "is_a_folder"),
    (not_a_zip, "not_a_workbook"),
    (encrypted, "encrypted_workbook"),
    (a_csv, "looks_like_csv"),
    (truncated, "damaged_workbook"),
    (no_sheet_of_ours, "no_known_sheet"),
    (with_a_dtd, "has_dtd"),
    pytest.param(a_zip_bomb, "zip_bomb", marks=pytest.mark.long),
]


@pytest.mark.parametrize(("make", "code"), FILES)
@pytest.mark.parametrize("language", ["en", "da"])
def test_a_file_that_is_no_workbook_costs_one_line(
    bulkio: Bulkio, tmp_path: Path, make: Callable[[Path], Path], code: str, language: str
) -> None:
    path = make(tmp_path)

    told = bulkio("check", path, "--lang", language)
    document = bulkio("import", path, "--json", "--lang", language)

    assert told.code == document.code == 2
    assert len(told.err.strip().splitlines()) == 1
    assert told.out == ""
    assert document.json["error"]["code"] == code


def test_no_server_and_wrong_tokens_send_nothing(bulkio: Bulkio, tmp_path: Path) -> None:
    with bulkio.sandbox("--data", str(tmp_path / "remote.sqlite")) as twin:
        add = ("agreements", "add", "client", "--rest-url", twin.rest_url, "--openapi-url", twin.openapi_url, "--yes")
        assert bulkio(*add, more=twin.tokens).code == 0
        words = ("import", GOOD, "-a", "client", "--json", "--confirm", "Nordlys Handel ApS (øvelse)")
        wrong = bulkio(*words, more=twin.tokens | {"BULKIO_APP_SECRET_TOKEN": "wrong"})
        none = bulkio(*words)
    gone = bulkio(*words, more=twin.tokens)

    assert (wrong.code, wrong.json["error"]["code"]) == (3, "wrong_tokens")
    assert (none.code, none.json["error"]["code"]) == (2, "no_tokens")
    assert (gone.code, gone.json["error"]["code"]) == (3, "no_connection")


def test_results_that_cannot_be_written_where_asked_are_written_elsewhere(bulkio: Bulkio, tmp_path: Path) -> None:
    answer = bulkio("import", GOOD, "--json", "--results", tmp_path / "no such folder" / "out.xlsx")

    assert answer.code == 0, answer.err
    assert Path(answer.json["results"]).is_file()
    assert bulkio.home in Path(answer.json["results"]).parents
    assert [(one["code"], one["severity"]) for one in answer.json["issues"]] == [("results_elsewhere", "warning")]


def test_notes_that_are_damaged_cost_the_results_workbook_and_no_row(bulkio: Bulkio, tmp_path: Path) -> None:
    path = customers(tmp_path / "mine.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook["Customers"]["B2"].comment = Comment("Ask Bo", "Anna")
    workbook.save(path)
    repacked(path, {"xl/comments/comment1.xml": b"<comments><authors>"})

    answer = bulkio("import", path, "--json")

    assert (answer.code, answer.json["rows"]["created"], answer.json["results"]) == (0, 4, None)
    assert [one["code"] for one in answer.json["issues"]] == ["results_not_written"]


def test_results_never_replace_the_workbook_itself(bulkio: Bulkio, tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(GOOD.read_bytes())

    answer = bulkio("import", path, "--json", "--results", path)

    assert (answer.code, answer.json["error"]["code"]) == (2, "results_is_workbook")
    assert path.read_bytes() == GOOD.read_bytes()


def test_a_template_does_not_replace_one_that_is_filled_in(bulkio: Bulkio, tmp_path: Path) -> None:
    filled = tmp_path / "filled.xlsx"
    filled.write_bytes(GOOD.read_bytes())

    answer = bulkio("template", "-o", filled, "--json")

    assert (answer.code, answer.json["error"]["code"]) == (2, "template_exists")
    assert filled.read_bytes() == GOOD.read_bytes()


def test_a_template_replaces_one_that_nobody_filled_in(bulkio: Bulkio, tmp_path: Path) -> None:
    answers = [bulkio("template", "-o", tmp_path / "t.xlsx", "--lang", language) for language in ("en", "da")]

    assert [answer.code for answer in answers] == [0, 0]


def test_an_earlier_results_workbook_is_not_overwritten(bulkio: Bulkio, tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(GOOD.read_bytes())

    results = [bulkio("import", path, "--json").json["results"] for _ in range(2)]

    assert results == [str(tmp_path / "mine-results.xlsx"), str(tmp_path / "mine-results-2.xlsx")]


def test_the_home_is_the_users_alone(bulkio: Bulkio, tmp_path: Path) -> None:
    bulkio("import", GOOD, "--json", "--results", tmp_path / "out.xlsx")

    open_to_others = [
        path for path in (bulkio.home, *bulkio.home.rglob("*")) if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    assert open_to_others == []


@pytest.mark.parametrize(
    "words",
    [[], ["import"], ["frobnicate"], ["import", "x.xlsx", "--decimal", ";"], ["template", "suppliers", "-o", "x.xlsx"]],
)
def test_wrong_use_exits_with_two(bulkio: Bulkio, words: list[str]) -> None:
    assert bulkio(*words).code == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["check"], "bulkio check: fejl: disse argumenter mangler: FILE"),
        (["frobnicate"], "'frobnicate' kan ikke vælges"),
        (["import", "x.xlsx", "--concurrency", "99"], "'99' er ikke et helt tal fra 1 til 32"),
        (["export", "-o", "e.xlsx", "--year", "26"], "'26' er ikke et helt tal fra 1900 til 2100"),
        (["sandbox", "--port", "http"], "'http' er ikke et helt tal fra 0 til 65535"),
    ],
)
def test_wrong_use_is_told_in_the_users_language(bulkio: Bulkio, words: list[str], told: str) -> None:
    err = bulkio(*words, "--lang", "da").err

    assert told in err
    assert err.startswith("brug: bulkio")


def test_a_folder_or_a_device_is_never_replaced_by_results(bulkio: Bulkio, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    for target in ("pipe", ".", ""):
        told = bulkio("check", GOOD, "--json", "--results", target, folder=tmp_path)
        assert (told.code, told.json["error"]["code"]) == (2, "no_place_for_file")
    assert (tmp_path / "pipe").is_fifo()


def test_a_row_refused_with_its_sheet_says_so_beside_it(bulkio: Bulkio, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Customers"
    sheet.append(["Customer group", "Currency", "Payment terms", "VAT zone"])
    sheet.append([1, "DKK", 1, 1])
    sheet.append([1, "DKK", 1, 1])
    workbook.save(tmp_path / "nameless.xlsx")

    told = bulkio("import", tmp_path / "nameless.xlsx", "--json")
    again = bulkio("results", told.json["run"], "-o", tmp_path / "again.xlsx")

    assert (told.code, again.code) == (1, 0)
    assert [issue["code"] for issue in told.json["issues"]] == ["missing_column"]
    for path in (told.json["results"], tmp_path / "again.xlsx"):
        beside = [row[6].value for row in openpyxl.load_workbook(path)["Customers"].iter_rows(min_row=2)]
        assert [str(text).startswith("The column Name is required") for text in beside] == [True, True]


def test_a_workbook_under_another_suffix_has_results_that_excel_opens(bulkio: Bulkio, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_bytes(GOOD.read_bytes())

    assert bulkio("import", tmp_path / "mine.csv", "--json").json["results"] == str(tmp_path / "mine-results.xlsx")


def test_a_workbook_without_rows_does_not_claim_that_rows_are_in(bulkio: Bulkio, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Contacts"
    sheet.append(["Customer", "Name"])
    workbook.save(tmp_path / "bare.xlsx")

    told = bulkio("import", tmp_path / "bare.xlsx", "--headless")

    assert told.code == 0
    assert told.out.splitlines()[-1].startswith("There are no rows to import")
