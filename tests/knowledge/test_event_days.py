"""The days of events in words."""

import pytest

from knowledge.calendar import hours_ahead, when
from knowledge.model import Knowledge
from knowledge.schema.calendar import Status


@pytest.mark.parametrize(
    ("dates", "ahead"),
    [
        ({"start": "2026-11-09", "end": "2026-11-20"}, 9.0),
        ({"start": "2027"}, None),
        ({"start": None, "usual": "2027-11"}, None),
        ({"start": "2026-03-20", "end": "2026-04-10"}, 9.0),
    ],
)
def test_the_hour_of_a_place_is_said_only_where_the_month_is_known(
    dates: dict[str, str | None], ahead: float | None, knowledge: Knowledge
) -> None:
    event = knowledge.events["cop31-unfccc"].model_copy(update={"end": None, **dates})
    assert hours_ahead(event) == ahead


def test_an_expected_day_has_its_article(knowledge: Knowledge) -> None:
    expected = {"status": Status.INFERRED, "start": "2027-06-01", "end": None}
    event = knowledge.events["cop31-unfccc"].model_copy(update=expected)
    assert when(event, knowledge, "es").startswith("se espera para el 1 de junio de 2027")
