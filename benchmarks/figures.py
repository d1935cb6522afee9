"""All figures of the measured sets in one table. Run: python -m benchmarks.figures [-o FILE] [--than FILE] [SET...]

A SET is a file of labelled lines as `ventanilla eval` reads them; by default all of tests/evaluation. `-o` keeps the
figures as JSON, `--than` prints them beside earlier ones.
"""

import json
from argparse import ArgumentParser
from collections import defaultdict
from datetime import date
from pathlib import Path

from bot.cli.evaluate import Figure, evaluate
from knowledge.loader import load_knowledge

TODAY = date(2026, 11, 20)
SETS = Path(__file__).parents[1] / "tests" / "evaluation"
Figures = dict[str, tuple[float, int]]


def figures_of(sets: list[Path]) -> Figures:
    """`file: figure` -> share and of how many; then the mean of each figure over all files."""
    knowledge, found = load_knowledge(), {}
    pooled: dict[str, list[Figure]] = defaultdict(list)
    for path in sets:
        report = evaluate(path.read_text(encoding="utf-8").splitlines(), knowledge, TODAY)
        for name, figure in report.figures.items():
            if ": " not in name:
                found[f"{path.parent.name}/{path.stem}: {name}"] = (figure.share, figure.of)
                pooled[name].append(figure)
    for name, figures in pooled.items():
        of = sum(figure.of for figure in figures)
        found[f"all: {name}"] = (round(sum(figure.share * figure.of for figure in figures) / of, 4), of)
    return found


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("-o", dest="out", type=Path)
    parser.add_argument("--than", type=Path)
    asked = parser.parse_args()
    found = figures_of(asked.sets or sorted(SETS.glob("*/*.jsonl")))
    earlier = json.loads(asked.than.read_text()) if asked.than else {}
    if asked.out:
        asked.out.write_text(json.dumps(found, indent=0))
    for name, (share, of) in found.items():
        before = earlier.get(name)
        change = f"  {before[0]:7.4f} {share - before[0]:+8.4f}" if before else ""
        print(f"{name:<60} {share:7.4f} of {of:>5}{change}")


if __name__ == "__main__":
    main()
