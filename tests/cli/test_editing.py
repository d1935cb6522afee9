"""The editors' tools that write: a skeleton, and a phrase with its test from what people asked in vain."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from bot.cli import editing, knowledge_base
from bot.cli.main import main
from bot.cli.shown import CHANNELS, as_seen
from bot.cli.unanswered import place
from bot.storage import Phrase
from bot.wiring.unanswered import UnplaceableError, grouped, placement
from knowledge.lint import RULES, lint
from knowledge.loader import ROOT, load_knowledge
from knowledge.model import Knowledge
from knowledge.problems import Severity
from knowledge.schema.base import Words
from knowledge.schema.topics import CatalogueRow
from knowledge.skeleton import skeleton
from tests.support.content import TINY, content_at, copied

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """The content (or that of the parameter) and the tests beside it, to write in."""
    root = copied(getattr(request, "param", ROOT), tmp_path / "knowledge")
    (tmp_path / "tests" / "phrases").mkdir(parents=True)
    (tmp_path / "var").symlink_to(ROOT.parent / "var")  # the models of the same content
    for module in (editing, knowledge_base):
        monkeypatch.setattr(module, "load_knowledge", lambda: content_at(root))
    return tmp_path


def said(text: str, number: int, lang: str = "es") -> Phrase:
    return Phrase(number, text, lang, NOW)


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["kb", *args])
    return result.exit_code, result.output


def errors(tree: Path) -> list[str]:
    found = lint(content_at(tree / "knowledge"), TODAY, RULES)
    return [str(problem) for problem in found if problem.severity is Severity.ERROR]


@pytest.mark.parametrize("tree", [TINY], indirect=True, ids=["tiny"])
def test_a_skeleton_is_refused_until_it_is_filled_in(tree):
    code, output = run("new", "driving-licence")
    assert code == 0, output
    assert "kb show driving-licence" in output
    assert {line.split(": ")[0].split(":")[0] for line in errors(tree)} == {
        "content/topics/driving-licence.yaml", "training/phrases/driving-licence.yaml",
    }  # fmt: skip
    for path in (*tree.glob("knowledge/*/*/driving-licence.yaml"), tree / "tests/phrases/driving-licence.yaml"):
        text = path.read_text(encoding="utf-8").replace("WRITE HERE ids of facts or contacts", "card-fee")
        filled = text.replace("  # WRITE HERE ids of topics that people need next, then take this away", "")
        filled = filled.replace("WRITE HERE", "driving").replace("ciam-us, ciam-mx", "emergency-911")
        path.write_text(filled, encoding="utf-8")
        assert yaml.safe_load(filled)
    assert errors(tree) == []


def test_the_skeleton_of_a_catalogue_row_knows_its_name():
    row = CatalogueRow(id="row", name=Words(es="L'acta: qué", en="The act"), category="rights", relevance="low")
    topic = yaml.safe_load(skeleton("row", row)["topics"])
    assert (topic["title"], topic["names"]["es"][0]) == ({"es": "L'acta: qué", "en": "The act"}, "L'acta: qué")
    assert topic["sections"][0]["covers"] == ["row"]


@pytest.mark.parametrize("wrong", ["pale", "Driving", "driving_licence", "../x"])
def test_no_skeleton_for_what_is_no_new_id(tree, wrong):
    code, output = run("new", wrong)
    assert (code, "made" in output) == (1, False)


def test_like_wordings_are_one_group(knowledge: Knowledge):
    phrases = [
        said("donde puedo pagar la tenencia de mi carro", 4),
        said("el gato en el tejado", 5),
        said("donde pago tenencia del carro", 6),
        said("DONDE PAGO TENENCIA DEL CARRO", 7),
        said("my dog needs papers", 8, "en"),
        said("  ", 9),
        said(next(iter(knowledge.phrases["ciam"].sections["what"].es)), 10),
    ]
    groups = grouped(reversed(phrases), knowledge)
    assert [(group.id, group.count, group.lang) for group in groups] == [(4, 3, "es"), (5, 1, "es"), (8, 1, "en")]
    assert groups[0].wordings == ("donde pago tenencia del carro", "donde puedo pagar la tenencia de mi carro")


def test_a_group_becomes_phrases_with_tests(tree):
    (group,) = grouped([said("pagar tenencia carro", 1), said("donde pagar tenencia carro", 2)], content_at(ROOT))
    knowledge = content_at(tree / "knowledge")
    place(group, "quejas-paisano/how", knowledge)
    phrases = content_at(tree / "knowledge").phrases["quejas-paisano"].sections["how"].es
    assert phrases[-2:] == group.wordings
    tests = yaml.safe_load((tree / "tests/unanswered.yaml").read_text(encoding="utf-8"))
    assert tests == [{"text": text, "answer": "quejas-paisano/how"} for text in group.wordings]
    pasted = placement(group, "quejas-paisano/how", knowledge)
    assert yaml.safe_load(pasted.phrases) == {"sections": {"how": {"es": list(group.wordings)}}}
    assert yaml.safe_load(pasted.tests) == tests
    assert pasted.command == "ventanilla kb unanswered --place 1 quejas-paisano/how"
    assert grouped([said(text, 1) for text in group.wordings], content_at(tree / "knowledge")) == []


@pytest.mark.parametrize(
    ("text", "answer", "why"),
    [
        ("pagar tenencia", "quejas-paisano/nothing", "no section"),
        ("pagar tenencia", "nothing", "no section"),
        ("hay un hombre con pistola afuera de mi casa y quiere entrar", "quejas-paisano/how", "danger"),
    ],
)
def test_what_cannot_be_placed_changes_nothing(tree, text, answer, why):
    knowledge = content_at(tree / "knowledge")
    (group,) = grouped([said(text, 1)], knowledge)
    with pytest.raises(UnplaceableError, match=why):
        place(group, answer, knowledge)
    assert not (tree / "tests/unanswered.yaml").exists()


@pytest.mark.parametrize("channel", CHANNELS)
def test_what_a_person_sees_fits_the_channel(knowledge: Knowledge, channel):
    text = as_seen(knowledge, "pale", "en", TODAY, channel)
    assert "PALE passes you to a US lawyer" in text
    assert ("2. Where is this from?" in text) == (channel not in ("telegram", "web", "whatsapp-buttons"))


@pytest.mark.parametrize("item", ["pale/cost", "lost", "cop31-unfccc", "inm", "visa"])
def test_everything_a_person_comes_to_see_can_be_shown(knowledge: Knowledge, item):
    assert as_seen(knowledge, item, "es", TODAY, "whatsapp").startswith(f"── {item}")


def test_what_nobody_sees_by_itself_is_said(knowledge: Knowledge):
    with pytest.raises(LookupError, match="by itself"):
        as_seen(knowledge, "ciam-us", "es", TODAY, "whatsapp")


def test_the_commands_show_graphs_and_problems(monkeypatch):
    for module in (editing, knowledge_base):
        monkeypatch.setattr(module, "load_knowledge", lambda: load_knowledge(TINY))
    assert "card[" in run("graph", "card")[1]
    assert "México" in run("graph", "where")[1]
    assert run("graph", "nothing")[0] == 1
    code, output = run("lint", "--today", "2026-11-20")
    assert code == 0
    assert output.startswith("0 error(s), 0 warning(s)")
    late = run("lint", "--warnings", "--rule", "dead_end", "--today", "2030-01-01")[1]
    assert "unknown" not in late
    assert "La CRD es la credencial" in run("show", "crd")[1]
    assert run("show", "card-fee", "--channel", "sms")[0] == 1
    assert "\n\nfact card-is: " in run("show", "card/what")[1]
