"""Rankers side by side: `python -m benchmarks.understanding [--phrases FILE] [--questions FILE]`.

Every fifth part of a row's phrases, the last ones (mostly another writer's), is held out; the same phrases teach every
ranker. `--phrases`: JSON lines with `id` and `text` instead of the content's phrases; `--questions`: JSON lines with
`text`, `expect`, `also_ok`. Figures: right row first and among three, seconds to learn, milliseconds a message.
"""

import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from math import log
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier
from sklearn.naive_bayes import ComplementNB, MultinomialNB
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from bot.dialogue.ranking.ranker import COUNTS, row_of
from bot.dialogue.words.features import KIND_BITS, KINDS, Features, Ids, stems_of
from bot.dialogue.words.phrasing import spell_out
from bot.training.chance import keys_of
from bot.training.matrix import bags_of, matrix_of, vocabulary_of
from bot.training.ranker import Labels, train
from bot.training.ranker_lessons import lessons_of
from knowledge.loader import ROOT, load_knowledge
from knowledge.model import Knowledge

Scores = NDArray[np.float64]
Score = Callable[[Sequence[str]], Scores]
"""Texts -> texts x rows."""
Learn = Callable[[Sequence[str], NDArray[np.intp], int, Knowledge], Score]
"""Texts, the row of each, how many rows."""


def by_row(values: NDArray[np.float64], rows: NDArray[np.intp], count: int) -> Scores:
    """The best of each row's phrases."""
    best = np.zeros((len(values), count))
    for row in range(count):
        best[:, row] = values[:, rows == row].max(axis=1, initial=0)
    return best


def fuzzy(scorer: Callable[..., float]) -> Learn:
    def learn(texts: Sequence[str], rows: NDArray[np.intp], count: int, knowledge: Knowledge) -> Score:
        spelled = [spell_out(text, knowledge.spelling) for text in texts]
        return lambda asked: by_row(
            process.cdist([spell_out(a, knowledge.spelling) for a in asked], spelled, scorer=scorer), rows, count
        )

    return learn


def stems(text: str, knowledge: Knowledge) -> list[str]:
    words = (w for w in spell_out(text, knowledge.spelling).split() if w not in knowledge.stop_words)
    return [stem for word in words for stem in stems_of(word)]


def bm25(texts: Sequence[str], rows: NDArray[np.intp], count: int, knowledge: Knowledge) -> Score:
    """Over one document a row: all its phrases."""
    bags = [Counter[str]() for _ in range(count)]
    for text, row in zip(texts, rows, strict=True):
        bags[row].update(stems(text, knowledge))
    spread = Counter(stem for bag in bags for stem in bag)
    mean = sum(map(Counter.total, bags)) / count

    def one(text: str) -> list[float]:
        known = set(stems(text, knowledge)) & spread.keys()
        rarity = {s: log(1 + (count - spread[s] + 0.5) / (spread[s] + 0.5)) for s in known}
        lengths = [1.2 * (0.25 + 0.75 * bag.total() / mean) for bag in bags]
        return [
            sum(r * bag[s] * 2.2 / (bag[s] + length) for s, r in rarity.items() if s in bag)
            for bag, length in zip(bags, lengths, strict=True)
        ]

    return lambda asked: np.array([one(text) for text in asked])


def vectors(knowledge: Knowledge, kinds: str) -> TfidfVectorizer:
    """Our features of these kinds (w b s c k p), by scikit-learn."""
    reads = Features(knowledge.spelling, knowledge.concepts)

    def analyse(text: str) -> list[str]:
        return [name for name in reads.names(text).values() if name[0] in kinds]

    return TfidfVectorizer(analyzer=analyse, sublinear_tf=True, min_df=2)


def nearest(kinds: str) -> Learn:
    def learn(texts: Sequence[str], rows: NDArray[np.intp], count: int, knowledge: Knowledge) -> Score:
        vectorizer = vectors(knowledge, kinds)
        known = vectorizer.fit_transform(texts)
        return lambda asked: by_row((vectorizer.transform(asked) @ known.T).toarray(), rows, count)

    return learn


def linear(make: Callable[[], object], kinds: str) -> Learn:
    def learn(texts: Sequence[str], rows: NDArray[np.intp], count: int, knowledge: Knowledge) -> Score:
        vectorizer, model = vectors(knowledge, kinds), make()
        model.fit(vectorizer.fit_transform(texts), rows)  # type: ignore[attr-defined]
        decide = getattr(model, "decision_function", None) or model.predict_joint_log_proba  # type: ignore[attr-defined]
        return lambda asked: np.asarray(decide(vectorizer.transform(asked)))

    return learn


def low_rank(members: int, kinds: str = "wbsckp") -> Learn:
    """Ours: see bot/training/ranker.py."""

    def learn(texts: Sequence[str], rows: NDArray[np.intp], count: int, knowledge: Knowledge) -> Score:
        reads = Features(knowledge.spelling, knowledge.concepts)

        wanted = [KINDS.index(kind) for kind in kinds]

        def ids_of(asked: str) -> Ids:
            found = reads.ids(asked)
            return found[np.isin(found >> KIND_BITS, wanted)]

        bags = bags_of(texts, ids_of)
        vocabulary = vocabulary_of(bags, COUNTS)
        labels = Labels(rows, np.ones(len(rows), np.float32), np.arange(count))
        keys = keys_of(texts), vocabulary.ids
        inner, outer = train(matrix_of(bags, vocabulary, COUNTS), labels, keys, members=members)
        return lambda asked: matrix_of(bags_of(asked, ids_of), vocabulary, COUNTS) @ inner @ outer

    return learn


def together(*parts: Learn) -> Learn:
    """Scores of several, each made comparable, added."""

    def learn(texts: Sequence[str], rows: NDArray[np.intp], count: int, knowledge: Knowledge) -> Score:
        scores = [part(texts, rows, count, knowledge) for part in parts]

        def score(asked: Sequence[str]) -> Scores:
            found = [each(asked) for each in scores]
            return np.sum([(f - f.mean(1, keepdims=True)) / (f.std(1, keepdims=True) + 1e-9) for f in found], axis=0)

        return score

    return learn


def svm() -> LinearSVC:
    return LinearSVC(C=0.3, tol=1e-2)


RANKERS: dict[str, Learn] = {
    "BM25, stems": bm25,
    "nearest phrase, character n-grams": nearest("sc"),
    "nearest phrase, all features": nearest("wbsckp"),
    "naive Bayes (complement)": linear(lambda: ComplementNB(alpha=0.1, norm=True), "wbsckp"),
    "naive Bayes (multinomial)": linear(lambda: MultinomialNB(alpha=0.05, fit_prior=False), "wbsckp"),
    "logistic, one against the rest (SGD)": linear(lambda: SGDClassifier(loss="log_loss", alpha=1e-6), "wbsckp"),
    "SVM, stems": linear(svm, "wb"),
    "SVM, stems and character n-grams": linear(svm, "wbsc"),
    "SVM, with concepts": linear(svm, "wbsckp"),
    "SVM + naive Bayes + BM25": together(
        linear(svm, "wbsckp"), linear(lambda: MultinomialNB(alpha=0.05), "wbsckp"), bm25
    ),
    "low-rank softmax, 1 member": low_rank(1),
    "low-rank softmax, 3 members, no concepts": low_rank(3, "wbsc"),
    "low-rank softmax, 3 members (ours)": low_rank(3),
    "low-rank softmax, 6 members": low_rank(6),
    "ours + SVM + naive Bayes": together(
        low_rank(3), linear(svm, "wbsckp"), linear(lambda: MultinomialNB(alpha=0.05), "wbsckp")
    ),
    "rapidfuzz WRatio": fuzzy(fuzz.WRatio),
    "rapidfuzz token_set_ratio": fuzzy(fuzz.token_set_ratio),
}


def content_phrases(knowledge: Knowledge) -> list[tuple[str, str]]:
    """Row and text of every phrase."""
    return [
        (row_of(knowledge.topics[lesson.topic], section), lesson.text)
        for lesson in lessons_of(knowledge)
        if lesson.exact and lesson.topic and (section := knowledge.topics[lesson.topic].section(lesson.section))
    ]


def names(knowledge: Knowledge) -> list[tuple[str, str]]:
    """Row and name of every topic, and of every catalogue row."""
    found = [(row.id, name) for row in knowledge.catalogue.values() for name in (row.name.es, row.name.en)]
    return found + [
        (row_of(knowledge.topics[lesson.topic], knowledge.topics[lesson.topic].sections[0]), lesson.text)
        for lesson in lessons_of(knowledge)
        if not lesson.exact
    ]


def split(phrases: Sequence[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """All but the last fifth of each row's phrases, and that fifth."""
    by_id: dict[str, list[str]] = defaultdict(list)
    for row, text in phrases:
        by_id[row].append(text)
    cut = {row: len(texts) - max(1, len(texts) // 5) for row, texts in by_id.items()}
    kept = [(row, text) for row, texts in by_id.items() for text in texts[: cut[row]]]
    return kept, [(row, text) for row, texts in by_id.items() for text in texts[cut[row] :]]


def shares(scores: Scores, rows: Sequence[str], wanted: Sequence[set[str]]) -> tuple[float, float]:
    """Right row first, and among three."""
    best = np.argsort(-scores, axis=1)[:, :3]
    hits = np.array([[rows[n] in right for n in line] for line, right in zip(best, wanted, strict=True)])
    return float(hits[:, 0].mean()), float(hits.any(axis=1).mean())


def read(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@click.command()
@click.option("--content", type=click.Path(exists=True, path_type=Path), default=ROOT)
@click.option("--phrases", type=click.Path(exists=True, path_type=Path))
@click.option("--questions", type=click.Path(exists=True, path_type=Path))
@click.option("--held", type=int, default=1000, help="Phrases held out that are asked, spread over all rows.")
@click.option("--only", default="", help="Rankers whose name holds this.")
def main(content: Path, phrases: Path | None, questions: Path | None, held: int, only: str) -> None:
    knowledge = load_knowledge(content)
    written = [(str(p["id"]), str(p["text"])) for p in read(phrases)] if phrases else content_phrases(knowledge)
    taught, out = split(written)
    out = out[:: max(1, len(out) // held)]
    rows = sorted({row for row, _ in taught})
    taught += [pair for pair in names(knowledge) if pair[0] in set(rows)]
    targets = np.array([rows.index(row) for row, _ in taught])
    sets = {"held out": ([t for _, t in out], [{row} for row, _ in out])}
    if questions:
        asked = read(questions)
        sets["questions"] = ([str(q["text"]) for q in asked], [{*q["expect"], *q["also_ok"]} for q in asked])  # type: ignore[misc]
    click.echo(f"{len(rows)} rows, {len(taught)} texts; " + ", ".join(f"{len(t)} {n}" for n, (t, _) in sets.items()))
    click.echo(
        f"| {'ranker':<40} | " + " | ".join(f"{n}: first | three" for n in sets) + " | s to learn | ms a message |"
    )
    for name, learn in RANKERS.items():
        if only not in name:
            continue
        start = time.perf_counter()
        score = learn([t for _, t in taught], targets, len(rows), knowledge)
        learned, start = time.perf_counter() - start, time.perf_counter()
        found = [shares(score(texts), rows, wanted) for texts, wanted in sets.values()]
        each = (time.perf_counter() - start) / sum(len(texts) for texts, _ in sets.values()) * 1000
        figures = " | ".join(f"{first:.3f} | {three:.3f}" for first, three in found)
        click.echo(f"| {name:<40} | {figures} | {learned:.1f} | {each:.2f} |")


if __name__ == "__main__":
    with threadpool_limits(limits=1):
        main()
