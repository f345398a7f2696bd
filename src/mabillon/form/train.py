"""Train the zoning: `python -m mabillon.form.train [--evaluate] [--out MODEL] [FOLDER]`.

Reads the labelled texts of `training/zones`, makes variations of each, and writes the model that the package ships.
With `--evaluate`, trains once without each family and prints how its lines were labelled.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pycrfsuite

from mabillon.form.features import prepare
from mabillon.form.training import Example, composed, read_examples, varied
from mabillon.form.zoner import MODEL, Zoner

PARAMETERS = {"c1": 0.3, "c2": 0.05, "max_iterations": 120, "feature.minfreq": 2, "feature.possible_transitions": False}


def fit(examples: Iterable[Example], out: Path) -> None:
    """Train on `examples` and write the model to `out`; the same examples in the same order give the same model."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(PARAMETERS)
    for example in examples:
        prepared = prepare(example.text)
        zones = example.zone_of_line
        trainer.append(prepared.features(), [zones[line.index] for line in prepared.lines])
    trainer.train(str(out))


def judge(zoner: Zoner, examples: Sequence[Example]) -> Counter[tuple[str, str]]:
    """Return how often each labelled zone was read as each zone."""
    confusion: Counter[tuple[str, str]] = Counter()
    for example in examples:
        zones = example.zone_of_line
        found = zoner.label(prepare(example.text))
        confusion.update((zones[line.index], line.zone) for line in found if "margin" not in line.cues)
    return confusion


def report(confusion: Counter[tuple[str, str]]) -> str:
    """Return a table of precision, recall and F1 by zone, with the commonest confusion."""
    rows = []
    for zone in sorted({pair[0] for pair in confusion}):
        right = confusion[zone, zone]
        labelled = sum(count for (gold, _), count in confusion.items() if gold == zone)
        said = sum(count for (_, read), count in confusion.items() if read == zone)
        wrong = Counter({read: count for (gold, read), count in confusion.items() if gold == zone and read != zone})
        taken = ", ".join(f"{read} {count}" for read, count in wrong.most_common(3))
        rows.append(
            f"{zone:18} {labelled:5} {right / said if said else 0:6.3f} {right / labelled:6.3f} "
            f"{2 * right / (labelled + said):6.3f}  {taken}"
        )
    total = sum(confusion.values())
    right = sum(count for (gold, read), count in confusion.items() if gold == read)
    head = f"{'zone':18} lines   prec.   rec.     F1  taken for"
    return "\n".join([head, *rows, f"{'all':18} {total:5} accuracy {right / total:.4f}"])


def evaluate(examples: Sequence[Example], made: Sequence[Example], times: int) -> None:
    """Print, for each family, how a model labels it that has not seen it, and all of them together."""
    together: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for family in sorted({example.family for example in examples}):
            model = Path(folder, family)
            others = [example for example in examples if example.family != family]
            fit([*with_variations(others, times), *made], model)
            confusion = judge(Zoner(model.read_bytes()), [example for example in examples if example.family == family])
            right = sum(count for (gold, read), count in confusion.items() if gold == read)
            print(
                f"{family:10} {sum(confusion.values()):5} lines  accuracy {right / sum(confusion.values()):.4f}",
                flush=True,
            )
            together.update(confusion)
    print(report(together))


def train(folder: Path, out: Path, without: str = "", each: int = 12, times: int = 2) -> None:
    """Train on all that `folder` holds but the labelled texts of the family `without`, and write the model to `out`."""
    examples = [example for example in read_examples(folder / "zones") if example.family != without]
    fit([*with_variations(examples, times), *composed(folder / "forms", each)], out)


def with_variations(examples: Iterable[Example], times: int) -> list[Example]:
    """Return `examples`, each followed by `times` variations of it."""
    return [each for example in examples for each in (example, *varied(example, times))]


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(prog="python -m mabillon.form.train", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("training"))
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name(MODEL))
    parser.add_argument("--evaluate", action="store_true", help="judge by families left out instead of writing a model")
    parser.add_argument("--each", type=int, default=12, help="documents composed in each layout")
    parser.add_argument("--times", type=int, default=2, help="variations of each labelled text")
    options = parser.parse_args()
    if options.evaluate:
        examples = list(read_examples(options.folder / "zones"))
        evaluate(examples, list(composed(options.folder / "forms", options.each)), options.times)
        return
    train(options.folder, options.out, each=options.each, times=options.times)
    print(f"{options.out}: {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
