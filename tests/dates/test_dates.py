"""Phrases and the days that they mean, said on Friday 20 November 2026; bad dates get a question, never a guess."""

from datetime import date

import pytest

from bot.dates.reading import dates_in

TODAY = date(2026, 11, 20)

PHRASES = """
hoy | 2026-11-20
mañana | 2026-11-21
pasado mañana | 2026-11-22
ayer | 2026-11-19
anteayer | 2026-11-18
today | 2026-11-20
tomorrow | 2026-11-21
the day after tomorrow | 2026-11-22
yesterday | 2026-11-19
qué hay este viernes | 2026-11-27
el lunes | 2026-11-23
next monday | 2026-11-23
esta semana | 2026-11-16 2026-11-22
la próxima semana | 2026-11-23 2026-11-29
la semana que viene | 2026-11-23 2026-11-29
la semana pasada | 2026-11-09 2026-11-15
this week | 2026-11-16 2026-11-22
next week | 2026-11-23 2026-11-29
last week | 2026-11-09 2026-11-15
el otro año | 2027-01-01 2027-12-31
este fin de semana | 2026-11-21 2026-11-22
next weekend | 2026-11-28 2026-11-29
la semana del 8 de marzo de 2027 | 2027-03-08 2027-03-14
the week of March 8, 2027 | 2027-03-08 2027-03-14
la primera semana de marzo | 2027-03-01 2027-03-07
la última semana de abril de 2018 | 2018-04-24 2018-04-30
first week of june 2027 | 2027-06-01 2027-06-07
esta quincena | 2026-11-16 2026-11-30
la próxima quincena | 2026-12-01 2026-12-15
primera quincena de marzo | 2027-03-01 2027-03-15
segunda quincena de febrero de 2018 | 2018-02-16 2018-02-28
this fortnight | 2026-11-16 2026-11-30
este mes | 2026-11-01 2026-11-30
el mes que viene | 2026-12-01 2026-12-31
el próximo mes | 2026-12-01 2026-12-31
el mes pasado | 2026-10-01 2026-10-31
next month | 2026-12-01 2026-12-31
this month | 2026-11-01 2026-11-30
last month | 2026-10-01 2026-10-31
enero | 2027-01-01 2027-01-31
qué hay en abril | 2027-04-01 2027-04-30
noviembre | 2026-11-01 2026-11-30
diciembre | 2026-12-01 2026-12-31
febrero próximo | 2027-02-01 2027-02-28
próximo noviembre | 2027-11-01 2027-11-30
marzo que viene | 2027-03-01 2027-03-31
marzo pasado | 2026-03-01 2026-03-31
abril de 2018 | 2018-04-01 2018-04-30
abril del 2018 | 2018-04-01 2018-04-30
abril 2018 | 2018-04-01 2018-04-30
abril del 18 | 2018-04-01 2018-04-30
marzo del año que viene | 2027-03-01 2027-03-31
abril del próximo año | 2027-04-01 2027-04-30
junio del año pasado | 2025-06-01 2025-06-30
en septiembre del 2027 | 2027-09-01 2027-09-30
setiembre de 2027 | 2027-09-01 2027-09-30
sept 2027 | 2027-09-01 2027-09-30
en dic | 2026-12-01 2026-12-31
ene 2027 | 2027-01-01 2027-01-31
febreo de 2027 | 2027-02-01 2027-02-28
novienbre 2027 | 2027-11-01 2027-11-30
disiembre | 2026-12-01 2026-12-31
December 2018 | 2018-12-01 2018-12-31
in May | 2027-05-01 2027-05-31
may 2027 | 2027-05-01 2027-05-31
next february | 2027-02-01 2027-02-28
march of next year | 2027-03-01 2027-03-31
febuary 2027 | 2027-02-01 2027-02-28
aug 2027 | 2027-08-01 2027-08-31
03/2018 | 2018-03-01 2018-03-31
2027-03 | 2027-03-01 2027-03-31
el 5 de mayo | 2027-05-05
5 de mayo de 2027 | 2027-05-05
el 1o de junio | 2027-06-01
primero de junio de 2027 | 2027-06-01
1ro de marzo | 2027-03-01
25 de diciembre | 2026-12-25
20 de noviembre | 2026-11-20
May 5, 2027 | 2027-05-05
5th of May 2027 | 2027-05-05
march 3rd | 2027-03-03
lunes 5 de abril de 2027 | 2027-04-05
4/5/2027 | 2027-05-04
04-05-2027 | 2027-05-04
4.5.2027 | 2027-05-04
4/5/27 | 2027-05-04
2027-05-04 | 2027-05-04
29 de febrero | 2028-02-29
del 4 al 8 de mayo | 2027-05-04 2027-05-08
del 4 al 8 de mayo de 2027 | 2027-05-04 2027-05-08
entre el 26 y el 28 de febrero de 2018 | 2018-02-26 2018-02-28
4-8 de mayo de 2027 | 2027-05-04 2027-05-08
from May 4 to 8, 2027 | 2027-05-04 2027-05-08
May 4-8, 2027 | 2027-05-04 2027-05-08
between the 3rd and the 14th of December 2018 | 2018-12-03 2018-12-14
del 28 de febrero al 4 de marzo de 2018 | 2018-02-28 2018-03-04
del 20 de diciembre de 2026 al 5 de enero de 2027 | 2026-12-20 2027-01-05
from May 30 to June 3 | 2027-05-30 2027-06-03
del 20 de diciembre al 5 de enero | 2026-12-20 2027-01-05
entre marzo y mayo | 2027-03-01 2027-05-31
de marzo a mayo de 2018 | 2018-03-01 2018-05-31
between March and May 2027 | 2027-03-01 2027-05-31
de diciembre a febrero | 2026-12-01 2027-02-28
from January to March 2027 | 2027-01-01 2027-03-31
de 2026 a 2027 | 2026-01-01 2027-12-31
marzo y abril de 2027 | 2027-03-01 2027-04-30
marzo o abril | 2027-03-01 2027-03-31, 2027-04-01 2027-04-30
a principios de marzo | 2027-03-01 2027-03-10
a mediados de abril | 2027-04-11 2027-04-20
a finales de mayo de 2018 | 2018-05-21 2018-05-31
a principios de 2018 | 2018-01-01 2018-03-31
early 2018 | 2018-01-01 2018-03-31
mid 2027 | 2027-05-01 2027-08-31
late 2027 | 2027-10-01 2027-12-31
a fines de año | 2026-10-01 2026-12-31
a fines del año que viene | 2027-10-01 2027-12-31
at the end of next year | 2027-10-01 2027-12-31
fin de mes | 2026-11-21 2026-11-30
early march | 2027-03-01 2027-03-10
Q1 2027 | 2027-01-01 2027-03-31
el primer trimestre de 2027 | 2027-01-01 2027-03-31
T2 2027 | 2027-04-01 2027-06-30
third quarter of 2018 | 2018-07-01 2018-09-30
último trimestre de 2027 | 2027-10-01 2027-12-31
este trimestre | 2026-10-01 2026-12-31
next quarter | 2027-01-01 2027-03-31
segundo trimestre | 2027-04-01 2027-06-30
primer semestre de 2018 | 2018-01-01 2018-06-30
segunda mitad de 2027 | 2027-07-01 2027-12-31
second half of 2018 | 2018-07-01 2018-12-31
H1 2027 | 2027-01-01 2027-06-30
el próximo semestre | 2027-01-01 2027-06-30
verano de 2027 | 2027-06-21 2027-09-20
en otoño | 2026-09-22 2026-12-21
spring 2027 | 2027-03-20 2027-06-19
el próximo verano | 2027-06-21 2027-09-20
this winter | 2026-12-21 2027-03-20
este año | 2026-01-01 2026-12-31
el año que viene | 2027-01-01 2027-12-31
el próximo año | 2027-01-01 2027-12-31
el año próximo | 2027-01-01 2027-12-31
next year | 2027-01-01 2027-12-31
el año pasado | 2025-01-01 2025-12-31
last year | 2025-01-01 2025-12-31
en 2018 | 2018-01-01 2018-12-31
2027 | 2027-01-01 2027-12-31
dos mil dieciocho | 2018-01-01 2018-12-31
antes de que acabe el año | 2026-11-20 2026-12-31
antes de fin de año | 2026-11-20 2026-12-31
lo que queda del año | 2026-11-20 2026-12-31
en el resto del año | 2026-11-20 2026-12-31
before the end of the year | 2026-11-20 2026-12-31
the rest of the year | 2026-11-20 2026-12-31
antes de que termine el mes | 2026-11-20 2026-11-30
antes de junio | 2026-11-20 2027-05-31
before March | 2026-11-20 2027-02-28
hasta mayo | 2026-11-20 2027-05-31
until march 2027 | 2026-11-20 2027-03-31
los próximos 3 meses | 2026-11-20 2027-02-20
en los próximos dos meses | 2026-11-20 2027-01-20
next 2 weeks | 2026-11-20 2026-12-04
próximos días | 2026-11-20 2026-11-27
in the coming months | 2026-11-20 2027-05-20
dentro de dos meses | 2027-01-01 2027-01-31
in three weeks | 2026-12-07 2026-12-13
hace dos meses | 2026-09-01 2026-09-30
two months ago | 2026-09-01 2026-09-30
los últimos 6 meses | 2026-05-20 2026-11-20
la agenda 2030 en mayo de 2027 | 2027-05-01 2027-05-31
en marzo de 2027, la primera semana de marzo de 2027 | 2027-03-01 2027-03-07
"""

NOTHING = [
    "may i ask something",
    "la agenda 2030",
    "por la mañana trabajo",
    "cuánto cuesta el pasaporte",
    "mi hijo tiene 12",
    "el mar está lejos",
    "1500 pesos",
    "",
    "¿?",
    "two years of experience",
    "30 de las 40 organizaciones",
]

PROBLEMS = """
31 de febrero | day
30 de febrero de 2027 | day
29 de febrero de 2027 | day
31 de abril | day
february 30 | day
32/1/2027 | day
15/13/2027 | day
45/45/2027 | day
en el año 1900 | year
1900 | year
foros de 2999 | year
2999 | year
en 1200 | year
del 8 al 4 de mayo | order
del 4 de mayo de 2027 al 3 de abril de 2026 | order
marzo de 2018 el próximo año | clash
en mayo de 2027 de 2018 | clash
lunes 4 de abril de 2027 | weekday
janvier 2027 | language
en avril | language
outubro de 2027 | language
im dezember | language
luglio 2027 | language
oktob 2027 | language
quinto trimestre q5 de 1800 | year
eventos del quinto trimestre | day
sexto trimestre de 2027 | day
tercer semestre de 2027 | day
foros de la semana 60 | day
"""


def table(text: str) -> list[tuple[str, str]]:
    rows = [line.split(" | ") for line in text.strip().splitlines()]
    return [(phrase, meant) for phrase, meant in rows]


def said(phrase: str, **options: bool) -> str:
    spans = dates_in(phrase, TODAY, **options).spans
    return ", ".join(f"{s.first}" if s.first == s.last else f"{s.first} {s.last}" for s in spans)


@pytest.mark.parametrize(("phrase", "meant"), table(PHRASES))
def test_a_phrase_means_its_days(phrase: str, meant: str) -> None:
    assert said(phrase) == meant


def test_there_are_enough() -> None:
    assert len(table(PHRASES)) >= 150


@pytest.mark.parametrize("phrase", NOTHING)
def test_no_date_is_seen_where_none_is_said(phrase: str) -> None:
    found = dates_in(phrase, TODAY)
    assert (found.spans, found.problem) == ((), None)


@pytest.mark.parametrize(("phrase", "kind"), table(PROBLEMS))
def test_an_impossible_date_is_asked_about(phrase: str, kind: str) -> None:
    found = dates_in(phrase, TODAY)
    assert found.spans == ()
    assert found.problem is not None
    assert found.problem.kind == kind


@pytest.mark.parametrize(
    ("phrase", "meant"),
    [
        ("qué hubo en marzo", "2026-03-01 2026-03-31"),
        ("fue en diciembre", "2025-12-01 2025-12-31"),
        ("el 5 de mayo", "2026-05-05"),
        ("en verano", "2026-06-21 2026-09-20"),
        ("el segundo semestre", "2026-07-01 2026-12-31"),
    ],
)
def test_of_the_past_the_last_one_is_meant(phrase: str, meant: str) -> None:
    assert said(phrase, past=True) == meant


def test_english_figures_that_mean_two_days_are_asked_about() -> None:
    found = dates_in("on 5/6/2027", TODAY, english=True)
    assert found.problem is not None
    assert found.problem.kind == "ambiguous"
    assert said("on 5/25/2027", english=True) == "2027-05-25"
    assert said("on 6/6/2027", english=True) == "2027-06-06"


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 12, 31), date(2027, 1, 1)])
def test_any_today_will_do(today: date) -> None:
    for phrase, _ in table(PHRASES):
        assert dates_in(phrase, today).problem is None, phrase


def test_year_said() -> None:
    assert dates_in("abril de 2018", TODAY).year_said
    assert dates_in("el año que viene", TODAY).year_said
    assert not dates_in("abril", TODAY).year_said
    assert not dates_in("este año", TODAY).year_said


def test_a_week_is_said_by_its_number_and_a_last_day_is_no_yesterday() -> None:
    assert dates_in("semana 12 de 2027", TODAY).spans[0].first == date(2027, 3, 22)
    assert dates_in("último día para pedirlo", TODAY).spans == ()
    assert dates_in("quinto semestre de enfermería", TODAY).problem is None
    until = dates_in("qué plazos vencen de aquí a marzo", TODAY).spans[0]
    assert until.first == TODAY
    assert until.last.month == 3
