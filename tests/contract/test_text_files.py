"""A csv as an accounting program exports it goes the whole way: checked, imported, its results imported again."""

from __future__ import annotations

from pathlib import Path

from tests.contract.conftest import Bulkio

LINES = (
    "Kundenr.;Navn;Kundegruppe;Valuta;Betalingsbetingelse;Momszone;Kreditmaksimum\r\n"
    "870001;Ærø Bådeværft;1;DKK;1;1;12.500,50\r\n"
    "870002;;1;DKK;1;1;\r\n"
)


def test_a_csv_is_imported_and_its_results_are_the_next_upload(bulkio: Bulkio, tmp_path: Path) -> None:
    path = tmp_path / "udtræk.csv"
    path.write_bytes(LINES.encode("cp1252"))

    checked = bulkio("check", path, "--json")
    first = bulkio("import", path, "--json")
    again = bulkio("import", first.json["results"], "--json")

    assert checked.code == first.code == again.code == 1
    assert [(one["code"], one["cell"]) for one in checked.json["issues"]] == [
        ("read_as_text", None),
        ("required", "B3"),
    ]
    assert [(one["column"], one["changes"]) for one in checked.json["coercions"]] == [
        ("Kreditmaksimum", [{"shown": "12.500,50", "sent": "12500.50", "rows": [2]}])
    ]
    assert (first.json["rows"]["created"], first.json["rows"]["refused"]) == (1, 1)
    assert Path(first.json["results"]).suffix == ".xlsx"
    assert (again.json["rows"]["created"], again.json["rows"]["unchanged"], again.json["rows"]["refused"]) == (0, 1, 1)


def test_what_was_found_is_overruled_on_the_command_line(bulkio: Bulkio, tmp_path: Path) -> None:
    path = tmp_path / "Kunder.csv"
    path.write_bytes(LINES.replace(";", "\t").encode("cp850"))

    (issue,) = [
        one
        for one in bulkio("check", path, "--encoding", "cp850", "--delimiter", "tab", "--json").json["issues"]
        if one["code"] == "read_as_text"
    ]
    wrong = bulkio("check", path, "--encoding", "klingon", "--json")

    assert "cp850" in issue["message"]
    assert (wrong.code, wrong.json["error"]["code"]) == (2, "unknown_encoding")
