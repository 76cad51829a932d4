"""Runs every bench, or those named on the command line (``./dev bench paper store``)."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main(wanted: list[str]) -> None:
    """Each bench prints its own rows: what was measured, beside what, and the ratio."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        name = path.stem.removeprefix("bench_")
        if not wanted or name in wanted:
            print(f"\n{name}")  # noqa: T201
            importlib.import_module(f"tests.bench.{path.stem}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
