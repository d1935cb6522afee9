"""What a message says of its writer: where they are, whether under 18, whether they fear their government."""

import pytest

from bot.dialogue.person.signals import place_alone, read_signals
from bot.dialogue.places.nearest import place_said
from knowledge.model import Knowledge


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("estoy en Tijuana", "MX"),
        ("I am in Texas with my kids", "US"),
        ("estamos en Ciudad Juárez", "MX"),
        ("vengo de Honduras", None),
        ("estoy en Texas y mi papá está en Puebla", "US"),
        ("estoy en Houston. estoy en Monterrey", None),
        ("estoy en Turquía", "TR"),
        ("we are in Rome", "IT"),
        ("ayuda legal en Dallas", "US"),
        ("a shelter in Phoenix", None),
        ("refugio en Piedras Negras", "MX"),
        ("ayuda en Dallas, soy de Honduras", None),
        ("nací en Tijuana", None),
        ("mi mamá vive en Monterrey", None),
        ("mi hijo se perdió en Tucson", None),
        ("mi hermano está perdido en el desierto en Arizona", None),
        ("my brother is stuck in Reynosa", None),
        ("mi esposo fue deportado a Tijuana", None),
        ("me hablaron que tienen a mi cuñado en Reynosa", None),
        ("the call came from Reynosa", None),
        ("iba pa Phoenix", None),
        ("somos de Oaxaca", None),
        ("queremos llevarlo a Zacatecas", None),
        ("cruzó por Sásabe", None),
        ("estoy en el desierto de Sonora", None),
        ("si estoy en México, ¿puedo pedirla?", None),
        ("ya no vivo en Chicago", None),
        ("cuánto es de aquí a Tijuana", None),
        ("estoy perdida en el monte en Sonora", "MX"),
        ("estamos en el desierto de Arizona", "US"),
        ("sí, vive conmigo en Tijuana", "MX"),
        ("me vino a dejar migración aquí a Villahermosa", "MX"),
        ("deportado a Nuevo Laredo y sin dinero", "MX"),
        ("balacera en Culiacán", "MX"),
        ("vivo en Tecámac", "MX"),
        ("i live in Kennesaw", "US"),
        ("se quema el cerro, estamos en Altadena", "US"),
        ("no me pagaron en Wenatchee", "US"),
        ("me robaron en Texas", "US"),
        ("estoy en Málaga", "ES"),
        ("estamos en Islandia", "IS"),
        ("vivo en Georgia", "US"),
        ("estoy en Nogales", None),
        ("estoy en Santa Rosa", None),
        ("estoy en el pueblo", None),
        ("estamos en un arroyo seco", None),
        ("recogemos basura en la playa", None),
        ("estoy detenido por ice", None),
        ("he is from Guanajuato", None),
        ("soy de Zamora Michoacán", None),
        ("nació en Altadena", None),
        ("gracias. ¿y mi niña puede entrar a la primaria aquí? mi tío me deposita desde Perú, ¿dónde lo cobro?", None),
    ],
)
def test_country_only_where_the_writer_says_they_are(text: str, country: str | None, knowledge: Knowledge) -> None:
    assert place_said(text, knowledge)[0] == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Tijuana", "MX"),
        ("altadena", "US"),
        ("playas de Tijuana", "MX"),
        ("central de Monterrey", "MX"),
        ("in Chicago with my aunt", "US"),
        ("en Dallas con mi primo", "US"),
        ("kearns utah", "US"),
        ("nogales", None),
        ("pues aquí en Sonora", "MX"),
        ("cerca de Tucson Arizona", "US"),
        ("en la ciudad de México", "MX"),
        ("de Oaxaca", None),
        ("iba para Phoenix", None),
        ("somos de Oaxaca", None),
        ("queremos llevarlo a Zacatecas", None),
        ("no sé", None),
    ],
)
def test_a_place_alone_answers_where_somebody_is(text: str, country: str | None, knowledge: Knowledge) -> None:
    assert (place_said(text, knowledge)[0] or place_alone(text, knowledge)) == country


def test_other_signals(knowledge: Knowledge) -> None:
    assert read_signals("tengo 14 años y no sé qué hacer", knowledge).minor
    assert not read_signals("tengo 14 años viviendo aquí con 3 hijos", knowledge).fears_government
    assert read_signals("pedí asilo porque mi gobierno me persigue", knowledge).fears_government
    assert not read_signals("¿cuánto cuesta el pasaporte?", knowledge).minor


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
    ("text", "citizen"),
    [
        ("perdón, era hondureño, no mexicano", "HN"),
        ("she is from Guatemala not mexican", "GT"),
        ("no es mexicano, es de El Salvador", "SV"),
        ("entré por Guatemala sin papeles", None),
        ("crucé por Honduras y Guatemala, no por México", None),
    ],
)
def test_which_nation_is_put_right_and_a_country_crossed_is_none(
    text: str, citizen: str | None, knowledge: Knowledge
) -> None:
    assert read_signals(text, knowledge).citizen == citizen


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("me deportaron hace 3 semanas", "MX"),
        ("nos regresaron después de 12 años en Denver", "MX"),
        ("me regresaron a Honduras hace 2 meses", "HN"),
        ("me regresaron los papeles hace 2 meses", None),
    ],
)
def test_who_was_sent_back_is_in_mexico(text: str, country: str | None, knowledge: Knowledge) -> None:
    assert place_said(text, knowledge)[0] == country
