"""`--until` and `--share`: a run that keeps to a time, and leaves something to others."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bulkio.cli.running.sending import moment
from tests.contract.conftest import ROOT, Bulkio

SAMPLE = ROOT / "samples" / "customers-good.xlsx"


def test_an_hour_that_has_gone_by_is_tomorrows() -> None:
    now = datetime.now().astimezone()
    past, coming = now - timedelta(minutes=2), now + timedelta(minutes=2)

    until_past, until_coming = moment(past.strftime("%H:%M")), moment(coming.strftime("%H:%M"))

    assert until_past is not None
    assert until_coming is not None
    assert timedelta(hours=23) < datetime.fromtimestamp(until_past).astimezone() - now < timedelta(days=1)
    assert timedelta() < datetime.fromtimestamp(until_coming).astimezone() - now <= timedelta(minutes=2)


@pytest.mark.parametrize("words", [["--until", "25:00"], ["--until", "noon"], ["--share", "0"], ["--share", "101"]])
def test_what_is_no_time_or_share_is_wrong_use(bulkio: Bulkio, words: list[str]) -> None:
    assert bulkio("import", SAMPLE, *words).code == 2


def test_a_run_stops_at_its_time_and_is_resumed(bulkio: Bulkio, tmp_path: object) -> None:
    """A twin so slow that the minute comes first would take a minute; so the time is set from inside."""
    from pathlib import Path
    from time import time

    from bulkio.cli.wiring import practice_agreement
    from bulkio.flows.import_workbook import ImportChoices, ImportFlow
    from bulkio.journal import Journal
    from bulkio.language import Language
    from bulkio.settings.folders import Folders

    bulkio.home.mkdir()
    where = Folders(bulkio.home, own_home=True)
    choices = ImportChoices(
        Language.ENGLISH, Path(str(tmp_path)) / "r.xlsx", Path(str(tmp_path)), share=0.01, until=time() + 1.5
    )
    flow = ImportFlow(SAMPLE, practice_agreement(where), lambda: Journal.open(where.journal), lambda _: None, choices)

    report = flow.run(flow.prepare(), lambda _: None)

    assert report.exit_code == 4
    assert report.stopped
    answer = bulkio("resume", "--json", "--results", Path(str(tmp_path)) / "r2.xlsx")
    assert answer.code == 0
    assert answer.json["rows"]["created"] == answer.json["rows"]["total"]
