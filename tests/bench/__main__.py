"""Runs every bench, or those named on the command line (``./dev bench paper store``)."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from tests.bench import table


def main(wanted: list[str]) -> None:
    """Each bench prints its own rows: ``what | ours | baseline | ratio | aim``; two figures are median (p95)."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        name = path.stem.removeprefix("bench_")
        if not wanted or name in wanted:
            table.head(name)
            importlib.import_module(f"tests.bench.{path.stem}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
