"""`bulkio resume [RUN]`: finish a run that was interrupted."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from bulkio.cli.console import give_json, say
from bulkio.cli.documents import IMPORT_SHAPE
from bulkio.cli.running.sending import drive, moment
from bulkio.cli.wiring import destination, open_journal, remember
from bulkio.errors import Misuse
from bulkio.flows.import_workbook import ImportChoices, ImportFlow, Interrupted
from bulkio.flows.kept_workbook import kept_copy
from bulkio.flows.runs import Standing, last_unfinished, standing
from bulkio.language import translate
from bulkio.model.answers import Answers
from bulkio.settings.folders import folders


def run(arguments: Namespace) -> int:
    """Send what is pending, settle what is in doubt, and say how the whole run ended."""
    with open_journal() as journal:
        found = (
            standing(journal, arguments.wanted) if arguments.wanted else last_unfinished(journal, arguments.agreement)
        )
        content = journal.workbook(found.run.run) if found is not None else None
    if found is None or not found.left:
        return _nothing_left(found, arguments)
    if content is None:
        raise Misuse("run_forgotten", run=found.run.run)
    with kept_copy(content, Path(found.run.workbook).name) as copy:
        return drive(_flow(found, copy, arguments), arguments)


def _flow(found: Standing, copy: Path, arguments: Namespace) -> ImportFlow:
    choices = ImportChoices(
        language=arguments.language,
        results=arguments.results,
        spare=folders().results,
        answers=Answers.from_kept(found.run.choices),
        concurrency=arguments.concurrency,
        share=arguments.share / 100,
        until=moment(arguments.until),
    )
    agreement = destination(found.run.agreement_name)
    interrupted = Interrupted(found.run, copy)
    return ImportFlow(Path(found.run.workbook), agreement, open_journal, remember, choices, interrupted)


def _nothing_left(found: Standing | None, arguments: Namespace) -> int:
    if arguments.json:
        rows = {} if found is None else {"total": found.run.rows, **{one.value: n for one, n in found.counts.items()}}
        run = None if found is None else found.run.run
        give_json({**IMPORT_SHAPE, "run": run, **({"rows": rows} if rows else {})})
    else:
        say(translate("Nothing is pending: there is no run to finish.", arguments.language))
    return 0
