"""The `--json` documents keep to their published schemas, whatever happens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.contract.conftest import ROOT, Bulkio

SCHEMAS = {
    name: json.loads((ROOT / "docs" / "json" / f"{name}.schema.json").read_text()) for name in ("import", "check")
}
SAMPLES = ROOT / "samples"


def judge(name: str, document: object) -> None:
    Draft202012Validator(SCHEMAS[name]).validate(document)


@pytest.mark.parametrize("sample", ["customers-good.xlsx", "kunder-med-fejl.xlsx"])
def test_check_and_import_answer_in_the_published_shape(bulkio: Bulkio, tmp_path: Path, sample: str) -> None:
    judge("check", bulkio("check", SAMPLES / sample, "--json").json)
    imported = bulkio("import", SAMPLES / sample, "--headless", "--json", "--results", tmp_path / "out.xlsx").json

    judge("import", imported)
    assert imported["results"] == str(tmp_path / "out.xlsx")
    assert imported["workbook"] == str(SAMPLES / sample)
    assert imported["agreement"] == "sandbox"


@pytest.mark.parametrize("command", ["check", "import"])
def test_a_fault_of_the_command_keeps_the_shape_and_names_its_code(
    bulkio: Bulkio, tmp_path: Path, command: str
) -> None:
    answer = bulkio(command, tmp_path / "nothing.xlsx", "--json")

    judge(command, answer.json)
    assert answer.code == 2
    assert [issue["code"] for issue in answer.json["issues"]] == [answer.json["error"]["code"]] == ["no_file"]
