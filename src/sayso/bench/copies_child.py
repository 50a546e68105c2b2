"""Find alike articles with rensa and with datasketch: a program of its own, for an interpreter that has them.

It imports nothing of sayso. One line of JSON comes in on standard input (``texts``: the articles that are looked among;
``asked``: those that are looked up), one goes out for each method: ``method``, ``version``, ``pairs`` (of asked, text),
``seconds`` (CPU), or ``skipped``.
"""

import importlib.metadata
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

WORD = re.compile(r"\w+")
PERMUTATIONS, BANDS = 128, 32
THRESHOLD = 0.5


def cut_shingles(text: str) -> list[str]:
    """Return the word 5-grams of a text, each once."""
    words = WORD.findall(text.lower())
    return sorted({" ".join(words[place : place + 5]) for place in range(max(1, len(words) - 4))})


def ask_rensa(texts: list[str], asked: list[str]) -> list[tuple[int, int]]:
    """Return pairs by rensa's MinHash, 32 bands of 4."""
    import rensa  # noqa: PLC0415

    def sign(text: str) -> Any:  # noqa: ANN401 (not ours)
        made = rensa.RMinHash(PERMUTATIONS, 42)
        made.update(cut_shingles(text))
        return made

    index = rensa.RMinHashLSH(THRESHOLD, PERMUTATIONS, BANDS)
    for number, text in enumerate(texts):
        index.insert(number, sign(text))
    return [(place, number) for place, text in enumerate(asked) for number in sorted(set(index.query(sign(text))))]


def ask_datasketch(texts: list[str], asked: list[str]) -> list[tuple[int, int]]:
    """Return pairs by datasketch's MinHash LSH at a threshold of .5."""
    import datasketch  # noqa: PLC0415

    def sign(text: str) -> Any:  # noqa: ANN401 (not ours)
        made = datasketch.MinHash(PERMUTATIONS)
        made.update_batch([shingle.encode() for shingle in cut_shingles(text)])
        return made

    index = datasketch.MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    for number, text in enumerate(texts):
        index.insert(number, sign(text))
    return [(place, number) for place, text in enumerate(asked) for number in sorted(index.query(sign(text)))]


METHODS: dict[str, Callable[[list[str], list[str]], list[tuple[int, int]]]] = {
    "rensa": ask_rensa,
    "datasketch": ask_datasketch,
}


def run_methods(texts: list[str], asked: list[str]) -> Iterator[dict[str, Any]]:
    """Yield what each method finds, or that its package is not installed."""
    for name, ask in METHODS.items():
        begin = time.process_time()
        try:
            pairs = ask(texts, asked)
        except ImportError as error:
            yield {"method": name, "skipped": str(error)}
            continue
        seconds = time.process_time() - begin
        yield {"method": name, "version": importlib.metadata.version(name), "pairs": pairs, "seconds": seconds}


def main() -> int:
    """Read standard input to its end."""
    given = json.load(sys.stdin.buffer)
    for answer in run_methods(given["texts"], given["asked"]):
        sys.stdout.write(json.dumps(answer) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
