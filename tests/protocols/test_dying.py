"""What a body shows that dies of it is answered first, whatever danger was open; nothing of a scene that is past."""

import pytest

from knowledge.frames import fold
from knowledge.model import Knowledge
from tests.support.danger_talk import DangerTalk

TRAILER = "nos metieron en la caja de un camion y le pusieron candado, ya no alcanza el aire, vamos 25"
HELD = "nos tienen en una casa y no nos dejan ir hasta que la familia pague"
FARM = "el dueño de la finca nos guarda los pasaportes y no nos deja irnos del campo"
DESERT = "andamos perdidos en el desierto de arizona, somos 3 y el guia nos dejo"
QUAKE = "se sintio el temblor y se vino abajo la casa del vecino con el adentro"
HUSBAND = "mi marido llego borracho y me esta pegando"
TRAIN = "vamos arriba del tren y hay mucha gente, ya salio de la estacion"
GAS = "huele muy fuerte a gas en la cocina y nos duele la cabeza"
HEAT = "mi compañero del surco se puso muy mal por el calor"
CHECKPOINT = "los de migracion detuvieron a mi primo en su trabajo"
PUSH, SIDE, PRESS, SEIZE, FREED = "empuje", "de lado", "apriete", "no lo sujete", "acostado"
QUIET, JUMP, GO, RUBBLE = "sin altavoz", "salte en marcha", "salga ya", "jale"


@pytest.mark.parametrize(
    ("open_with", "said", "must", "never"),
    [
        (
            TRAILER,
            "ya nos abrieron y el que manejaba huyo, estamos afuera. mi tio dejo de respirar",
            PUSH,
            (QUIET, JUMP),
        ),
        (TRAILER, "una muchacha no reacciona y esta roncando bien fuerte", SIDE, ("caja fria",)),
        (TRAILER, "un señor dejo de respirar aqui adentro", PUSH, ("caja fria",)),
        (
            FARM,
            "los encargados ya se fueron. a mi amigo le dieron con un palo, no despierta y ronca",
            SIDE,
            (QUIET, GO),
        ),
        (FARM, "a otro trabajador le dio un ataque, se puso tieso y se sacude", SEIZE, (GO,)),
        (FARM, "a mi hermano le agarro la sierra y le sangra mucho la mano", PRESS, (GO,)),
        (HELD, "a uno de los muchachos le dio una convulsion", SEIZE, (GO,)),
        (HELD, "la señora de al lado no despierta y gorgotea", SIDE, (GO,)),
        (DESERT, "mi cuñada ya no respira", PUSH, ("a la sombra y quietos",)),
        (DESERT, "se cayo en unas piedras y trae una rama clavada en el muslo", "no saque", ()),
        (DESERT, "el mas joven empezo a convulsionar", SEIZE, ()),
        (
            QUAKE,
            "ya lo sacamos entre todos, estuvo con las piernas aplastadas un buen rato y ya quiere caminar",
            FREED,
            (),
        ),
        (QUAKE, "a mi hija se le encajo un vidrio en la pierna", "lo clavado", ()),
        (HUSBAND, "ya se fue de la casa. mi niño cayo al piso y convulsiona", SEIZE, (QUIET,)),
        (HUSBAND, "ya se fue. me corto el brazo y no me para la sangre", PRESS, (QUIET,)),
        (TRAIN, "uno se cayo entre los vagones y le sale mucha sangre de la pierna", PRESS, ()),
        (GAS, "ya salimos todos a la calle, mi abuela dejo de respirar", PUSH, ("enciend",)),
        (HEAT, "ahora le dio una convulsion", "de lado", ()),
        (CHECKPOINT, "otro que agarraron no despierta y ronca, me lo dijo por telefono", SIDE, ("abogado",)),
        (FARM, "the bosses left. my friend got hit, he is unconscious and snoring", "on the side", ("leave now",)),
        (DESERT, "my cousin stopped breathing", "push", ()),
        (HUSBAND, "he left. theres blood everywhere, my arm wont stop bleeding", "press", ("no speaker",)),
    ],
)
def test_a_body_that_is_dying_is_answered_first(
    open_with: str, said: str, must: str, never: tuple[str, ...], knowledge: Knowledge
) -> None:
    talk = DangerTalk(knowledge)
    talk.say(open_with)
    first, *others = [fold(one.text) for one in talk.say(said)]
    assert fold(must) in first, first
    told = " ".join((first, *others))
    assert not [one for one in never if fold(one) in told], told


@pytest.mark.parametrize(
    ("open_with", "said"),
    [
        (HELD, "el que nos cuida esta dormido y ronca, le saco la llave?"),
        (HUSBAND, "ya se durmio, esta roncando, me salgo ahorita?"),
        (DESERT, "que hago si deja de respirar?"),
        (QUAKE, "me dio un ataque de nervios pero ya"),
        (CHECKPOINT, "mi primo toma pastillas para las convulsiones"),
    ],
)
def test_nobody_is_dying_who_only_sleeps_or_may(open_with: str, said: str, knowledge: Knowledge) -> None:
    talk = DangerTalk(knowledge)
    talk.say(open_with)
    told = fold(" ".join(one.text for one in talk.say(said)))
    assert talk.state.danger is not None
    assert talk.state.danger.kind not in ("fainted", "seizure"), told
