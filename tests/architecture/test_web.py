"""The web process has one of each: one thing that an app holds, one clock, one Jinja environment."""

import ast

from tests.architecture.test_imports import ROOT

API = ROOT / "api"


def uses(*names: str) -> set[str]:
    """Modules of the web process that name one of these, as `a.b` or `b(…)`."""
    found = set()
    for path in API.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute | ast.Name) and ast.unparse(node) in names:
                found.add(path.relative_to(API).as_posix())
    return found


def test_an_endpoint_asks_for_what_it_needs_and_looks_into_no_bag():
    assert uses("request.state") == set(), "who asks is request.user, all else is Depends"
    assert uses("app.state", "request.app.state") == {"app.py", "service.py"}


def test_one_clock():
    assert uses("datetime.now", "datetime.utcnow", "date.today") == {"clock.py"}


def test_one_jinja_environment():
    assert uses("Environment", "Jinja2Templates") == {"templating.py"}


def test_no_dependency_goes_through_a_thread():
    """FastAPI sends a dependency that is a plain function to a thread: a hop for every request."""
    asked = asked_for()
    plain = {
        f"{path.relative_to(API)}:{node.name}"
        for path in API.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name in asked
    }
    assert plain == set()


def asked_for() -> set[str]:
    """Names within `Depends(…)`."""
    calls = (
        node
        for path in API.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Depends" and node.args
    )
    return {ast.unparse(call.args[0]).rpartition(".")[2] for call in calls} - {"HTTPBearer"}


def test_what_is_looked_for_is_found():
    assert {"current_service", "current_operator", "form_of"} <= asked_for()
