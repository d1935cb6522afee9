"""What people say who walk through a procedure."""

from typing import Literal

from knowledge.schema.base import Frozen, Slug, Text
from knowledge.schema.topics import Aspect


class StepWords(Frozen):
    """What people say who walk through a procedure, as frames; the longer lists of `acts` count too."""

    leads: dict[Slug, tuple[Text, ...]]
    """How an answer to a question of ours begins that is a yes or a no, and `unsure`: one that is neither."""
    start: tuple[Text, ...]
    done: tuple[Text, ...]
    next: tuple[Text, ...]
    now: tuple[Text, ...]
    """Asks what is to be done now: the open step."""
    back: tuple[Text, ...]
    later: tuple[Text, ...]
    resume: tuple[Text, ...]
    returns: tuple[Text, ...] = ()
    """The same beside the name of an errand that was begun."""
    missing: tuple[Text, ...]
    total: tuple[Text, ...]
    """Asks what all of it costs."""
    bring: tuple[Text, ...]
    forward: tuple[Text, ...]
    """Wants the list as a message to send on."""
    compare: tuple[Text, ...]
    doors: tuple[Text, ...]
    """Asks where one may take part without consultative status."""
    letter: tuple[Text, ...]
    """Wants the words of a letter."""
    print: tuple[Text, ...]
    """Wants it on paper, or on another phone."""
    every: tuple[Text, ...]
    some: tuple[Text, ...] = ()
    """All of the papers, or all the others, are there; that not all are."""
    but: tuple[Text, ...]
    denies: tuple[Text, ...]
    instead: tuple[Text, ...]
    stuck: tuple[Text, ...]
    """Something stands in the way of a step: no appointments, an error of a page, a counter that gives nothing."""
    has: tuple[Text, ...]
    lacks: tuple[Text, ...]
    """In front of, or behind, the name of a paper."""
    other: tuple[Text, ...]
    """Something else is asked of them than we said."""
    silence: tuple[Text, ...]
    refusal: tuple[Text, ...]
    lost: tuple[Text, ...]
    wrong: tuple[Text, ...]
    """What was given holds a mistake: a name misspelt."""
    troubles: dict[
        Literal["threat", "must", "receives", "wrong", "lost", "refusal", "silence", "lacks", "stuck"], tuple[Text, ...]
    ]
    """Frames of our own Spanish words that say what to do in each."""
    go_to: tuple[Text, ...]
    """In front of the words of a step that somebody wants to see."""
    undo: tuple[Text, ...]
    """What we kept is not so."""
    halves: tuple[Text, ...]
    """One has it, or comes, and the other not."""
    lone: tuple[Text, ...]
    """A no right behind a paper that belongs to it alone."""
    ahead: tuple[Text, ...] = ()
    """A no that is of the paper behind it alone: "sin el acta"."""
    lapsed: tuple[Text, ...] = ()
    within: tuple[Text, ...] = ()
    whose: tuple[Text, ...] = ()
    """What has run out: of the paper named last, where no other is."""
    second: tuple[Text, ...] = ()
    """Now it is the other one's turn."""
    drop: tuple[Text, ...]
    almost: tuple[Text, ...] = ()
    """Soon, and not yet: no question of ours is answered with a yes by it."""
    booked: tuple[Text, ...] = ()
    """They have an appointment: the step that books one is done."""
    holds: tuple[Text, ...] = ()
    """In front of the name of a matter that is done: "with consultative status"."""
    cuts: tuple[Text, ...] = ()
    """How a clause begins."""
    things: dict[Slug, tuple[Text, ...]] = {}
    """Words before a thing that is named, beside it, and in its place."""
    forms: dict[Slug, tuple[Text, ...]] = {}
    whats: dict[Aspect | Literal["result"], tuple[Text, ...]] = {}
    """Odd forms of verbs that begin names of steps: `ir` -> `fui`. How an errand is asked more than `aspects`: who."""
    particulars: dict[Slug, tuple[Text, ...]] = {}
    """How it is asked how a thing must be: in which language, still valid, who must come."""
    particular: dict[Slug, tuple[Text, ...]] = {}
    """Our own Spanish words that speak of each of these: nothing else answers it."""
    numbers: dict[int, tuple[Text, ...]] = {}
    """How a step is called by its number."""
    its: tuple[Text, ...] = ()
    """That it is there or missing, of a paper that was named before: "no los tengo"."""
    fills: tuple[Text, ...] = ()
    """Whole clauses that tell nothing beside a question: "ok", "y otra cosa"."""
    joins: tuple[Text, ...] = ()
    """What stands between the number of a choice and what else is said."""
    supposes: tuple[Text, ...] = ()
    """Begins a clause that the question behind it hangs on: "y si vuelvo antes, ¿lo pierdo?"."""
    costs: tuple[Text, ...] = ()
    """Asks for a price."""
    chooses: tuple[Text, ...] = ()
    """By which an errand that was offered is chosen: "mejor", "primero"."""
    anew: tuple[Text, ...] = ()
    """To begin from the start, with nothing kept."""
    begin: tuple[Text, ...] = ()
    """Asks how to begin, of a matter that is named in the same message."""
    must: tuple[Text, ...] = ()
    """Asks whether a paper or a step is compulsory."""
    again: tuple[Text, ...] = ()
    """That something was asked before: "ya le pregunté por", in front of what it was."""
    asks: tuple[Text, ...] = ()
    fits: tuple[Text, ...] = ()
    of_it: tuple[Text, ...] = ()
    true: tuple[Text, ...] = ()
    """Of a paper or a saying told of right before: whether it will do, where it is had, whether that is so."""
    finished: tuple[Text, ...] = ()
    """In a question: whether all is done."""
    threat: tuple[Text, ...] = ()
    """Somebody threatens who goes on with it: "si reclamo me echa la migra"."""
    moved: tuple[Text, ...] = ()
    """They are to come on another day."""
    day: tuple[Text, ...] = ()
    already: tuple[Text, ...] = ()
    """Begins a clause that something was done in, and is of those behind it too."""
    excepts: tuple[Text, ...] = ()
    """In front of that for which something is not done."""
    unmarks: tuple[Text, ...] = ()
    """What we noted last is not so."""
    one: tuple[Text, ...] = ()
    both: tuple[Text, ...] = ()
    """Whose a paper is: one person's; another's too: "y la de mi esposo"."""
    in_hand: tuple[Text, ...] = ()
    owed: tuple[Text, ...] = ()
    """The thing of the errand is there, without its name: "ya nos lo dieron"; or it is not, or in part alone."""
    yes: tuple[Text, ...]
    """A plain yes to a question of a procedure, in more words than one."""
    no: tuple[Text, ...]
