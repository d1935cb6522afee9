"""What is marked where one sentence says of some things that they are there and of others that they are not."""

import pytest

from tests.dialogue.test_in_errand import said_to

HERE = ["en un consulado"]
FILED = ["Tapachula", "ya fui", "solo", "listo"]
MARKED = [
    # procedure, what is said one after another, steps done, papers there, papers missing, steps put off
    # all but one: that one is missing, of whomever it is; what not everybody needs is not counted
    (
        "birth-registration",
        [*HERE, "somos casados", "listo", "tengo todo menos la identificación del papá, se le venció"],
        ("names",),
        ("child-id", "long", "marriage", "parents-birth"),
        ("parents-id",),
        (),
    ),
    (
        "birth-registration",
        [
            "at a consulate",
            "english",
            "done",
            "no",
            "I have it all except her husband's ID, his ran out. also how much?",
        ],
        ("names",),
        ("child-id", "long", "parents-birth"),
        ("parents-id",),
        (),
    ),
    (
        "birth-registration",
        [*HERE, "no estamos casados, vamos los dos", "listo", "tengo todo"],
        ("names", "papers"),
        ("child-id", "long", "parents-birth", "parents-id"),
        (),
        (),
    ),
    # all but what has no name with us: nothing is marked
    (
        "birth-registration",
        [*HERE, "no estamos casados, vamos los dos", "listo", "ya junté todo excepto el papel ese del pediatra"],
        ("names",),
        (),
        (),
        (),
    ),
    # of one for much any will do, whatever stands behind it; of one of two people both must be there
    (
        "unpaid-wages",
        ["listo", "tengo los audios y un recibo. videos no"],
        ("notes", "keep"),
        ("notes", "proof"),
        (),
        (),
    ),
    ("unpaid-wages", ["listo", "mensajes no tengo"], ("notes",), ("notes",), ("proof",), ()),
    (
        "household-goods",
        ["Estados Unidos", "listo", "traigo mi acta y un pasaporte que ya se venció"],
        ("list",),
        ("inventory", "mexican"),
        (),
        (),
    ),
    (
        "child-passport",
        ["sí", "los dos", "mi INE sí la traigo, la INE de mi esposo no la encuentro"],
        (),
        (),
        ("parents-id",),
        (),
    ),
    # what is put right is marked anew
    (
        "birth-registration",
        [*HERE, "somos casados", "listo", "tengo todo", "no, perdón, la INE de mi esposo ya venció"],
        ("names",),
        ("child-id", "long", "marriage", "parents-birth"),
        ("parents-id",),
        (),
    ),
    # what they refuse is not done because a later step is; nor what is denied in the same breath
    (
        "comar-refuge",
        [*FILED, "no me entregaron la constancia porque se les acabó el papel", "ya fui a firmar hoy"],
        ("go-comar", "form", "sign"),
        ("filled",),
        (),
        ("paper",),
    ),
    (
        "comar-refuge",
        [*FILED, "todavía no me dan la constancia, y ya fui a firmar"],
        ("go-comar", "form", "sign"),
        ("filled",),
        (),
        ("paper",),
    ),
    (
        "comar-refuge",
        [*FILED, "ya firmé", "pero oiga, la constancia nunca me la dieron"],
        ("go-comar", "form", "sign"),
        ("filled",),
        (),
        (),
    ),
    (
        "comar-refuge",
        [*FILED, "la constancia no me la quisieron dar", "ya fui a firmar", "hoy sí me dieron la constancia"],
        ("go-comar", "form", "sign", "paper"),
        ("filled",),
        (),
        (),
    ),
    # what only was not yet is behind whoever did the next one
    (
        "comar-refuge",
        ["Tapachula", "solo", "no alcancé a entrar, me mandaron de regreso", "ya llené el formulario"],
        ("go-comar", "form"),
        ("filled",),
        (),
        (),
    ),
]


@pytest.mark.parametrize(("procedure", "words", "done", "has", "lacks", "later"), MARKED)
def test_what_is_marked(
    procedure: str,
    words: list[str],
    done: tuple[str, ...],
    has: tuple[str, ...],
    lacks: tuple[str, ...],
    later: tuple[str, ...],
) -> None:
    talk = said_to(procedure, *words)
    kept = talk.conversation.steps[-1]
    assert (kept.done, kept.has, kept.lacks, kept.later) == (done, has, lacks, later), talk.said
