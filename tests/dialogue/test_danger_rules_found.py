"""What fault hunters found in danger: patterns that were missed, calm words that were not, and signals."""

import pytest

from bot.dialogue.danger import judge
from bot.dialogue.signals import read_signals
from knowledge.model import Knowledge

REPORTED = [
    ("detention", "me detuvo migración en Arriaga"),
    ("detention", "nos agarró la guardia nacional en Veracruz"),
    ("detention", "arrestaron a un activista de nuestra red"),
    ("detention", "immigration arrested two of our clients"),
    ("lost", "se hundió mi cuñado en el río hace media hora y no sale"),
    ("medical", "mi prima está a punto de dar a luz en el refugio"),
    ("medical", "se nos va a aliviar una muchacha aquí en la oficina"),
    ("medical", "my cousin is giving birth in the shelter"),
    ("medical", "un anciano se desmayó en la entrada"),
    ("medical", "tenemos dos heridos aquí"),
    ("medical", "mi prima se tomó todas las pastillas"),
    ("disaster", "hay un terremoto aquí"),
    ("disaster", "se quema mi departamento"),
    ("disaster", "there is a fire in our office"),
    ("child", "niña separada de su mamá en la garita"),
    ("kidnapping", "mi vecino tiene a unas mujeres encerradas cosiendo"),
]
ASKED = ["me ofrecen empleo pero piden fotos mías sin ropa", "they offered my sister a job but want nude photos"]
CALM = [
    "me detuvo migración en Arriaga hace 8 años",
    "mi hermano lleva 5 meses en Stewart",
    "mi abuela se está muriendo en Oaxaca y no tengo papeles para ir",
    "mi tía está en el hospital general",
    "no, para mí",
    "no es para mí, es para mi prima",
    "y cuánto",
    "no esa, la otra",
    "tengo corte el viernes y no tengo abogado",
    "mi tío está preso, ¿puede cumplir su condena en México?",
    "ya me tomé las pastillas que me recetó el doctor",
]


@pytest.mark.parametrize(("category", "text"), REPORTED)
def test_reported(category: str, text: str, knowledge: Knowledge) -> None:
    reading = judge(text, knowledge)
    assert reading is not None
    assert reading.sure or reading.unsure
    assert reading.danger.category == category


@pytest.mark.parametrize("text", ASKED)
def test_at_least_asked(text: str, knowledge: Knowledge) -> None:
    reading = judge(text, knowledge)
    assert reading is not None
    assert reading.sure or reading.unsure


@pytest.mark.parametrize("text", CALM)
def test_calm(text: str, knowledge: Knowledge) -> None:
    reading = judge(text, knowledge)
    assert reading is not None
    assert not reading.sure


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("tengo 11 años sin ver a mi papá", False),
        ("tengo 14 años viviendo en Denver", False),
        ("tengo 13 años de casada", False),
        ("tengo 9 años trabajando en el campo", False),
        ("I am 12 years married", False),
        ("tengo 15 y mis hermanos están conmigo", True),
        ("tengo 12 años, ¿qué hago?", True),
        ("im 15 and alone", True),
    ],
)
def test_a_duration_is_not_an_age(text: str, minor: bool, knowledge: Knowledge) -> None:
    assert read_signals(text, knowledge).minor is minor


@pytest.mark.parametrize(
    "text",
    ["le tengo miedo a mi gobierno", "el gobierno me persigue", "soy perseguida política", "reportera amenazada"],
)
def test_fear_of_ones_own_government(text: str, knowledge: Knowledge) -> None:
    assert read_signals(text, knowledge).fears_government


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("estoy en Turquía", "TR"),
        ("we are in Rome", "IT"),
        ("ayuda legal en Dallas", "US"),
        ("a shelter in Phoenix", "US"),
        ("refugio en Piedras Negras", "MX"),
        ("ayuda en Dallas, soy de Honduras", None),
        ("nací en Tijuana", None),
        ("mi mamá vive en Monterrey", None),
    ],
)
def test_a_city_alone(text: str, country: str | None, knowledge: Knowledge) -> None:
    assert read_signals(text, knowledge).country == country


def test_the_local_number_fits_behind_its_article(knowledge: Knowledge) -> None:
    words = knowledge.texts["emergency-elsewhere"]
    assert not words.say("es").startswith("el ")
    assert words.say("en").startswith("the ")
