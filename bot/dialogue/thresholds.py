"""Every number from which something counts, with its unit and the set that it was chosen on."""

ANSWER_ALONE = 0.45
"""Likelihood of a topic from which it answers where nothing is open; on our questions and testers' talks to tune on."""
LEAD_ALONE = 0.15
"""How much likelier than the second topic it must be; on the same."""
NONE = (0.45, 0.6)
"""Likelihood that none of ours answers from which nothing does, at first and in a thread; on out of domain, talks."""
TALK_AHEAD = 1.5
"""How far everyday talk must be ahead of the likeliest topic for nothing to be offered, in logarithms; on questions of
ours, of strangers and out of domain to tune on: of 18 needs that were admitted 10 are offered, 3 of 89 others."""
ANSWER_OPEN = 0.4
"""Likelihood of a section from which it answers in a thread; on testers' talks and those of corrections (tune)."""
OFFER = 0.25
"""Likelihood of the three likeliest sections together from which they are offered; on the same."""
STAYS = 0.42
"""How much less, in log odds, a message stays with the open topic than in the talks that teach, whose hands hardly
turn; its parts stay as they do. Wrong answers in three sets of other hands: .187, .201, .270; so .178, .193, .263."""
SECOND = 0.5
"""Likelihood of a topic from which one of several questions is answered; on 150 messages (tune/two_questions.jsonl)."""
BESIDE = 0.25
"""Likelihood of a section from which it answers another of several questions: between .27 and .4 4 of 9 are right on
tune/two_questions.jsonl, and both of two questions of one topic are answered in .48 of them (.45 from .4)."""
BY_ITSELF = (0.7, 0.9)
"""Likelihood of a topic, by itself, from which one of several questions in a thread is of that, where the thread says
nothing sure and where it does; on talks of testers (c, e, j)."""
LEFT = 0.25
"""The same of a section that may be what another question asks; of 17 on tune/two_questions 10 are of its topic."""
UNWANTED = 0.4
"""Likelihood of a topic by what is said not to be wanted from which it is not answered; on talks of testers."""
AS_LIKELY = 0.4
"""How likely beside the best, for another country, what its topic tells before must be to lead where none was told."""
AS_NEAR = 0.1
"""How likely, beside one that tells of elsewhere, a section of the topic must be to go before it; read by hand."""
ASKED = 0.05
"""Likelihood of all sections of an aspect, by the message alone, from which that is asked and its lack is said ("donde"
in the middle asks no place): of 16 gaps on talks and follow-ups to tune on it keeps the 6 true ones, by hand."""
AS_TELLING = 0.6
"""Share of what the most telling sentence says of a message from which another is said with it; read by hand."""
TELLS, NEAR = 0.3, (0.02, 0.1)
"""Share of a message that what was said before must tell to be said again, and likelihood from which what was not said
stands in its place, of the aspect that is asked and of another: of 21 such replies two readers called none good, and 11
of the 14 below this bad."""
OPTION, OPTION_ASKING, OPTION_SURE = 0.2, 0.5, 1.2
"""Margin over none from which words answer an errand's question, such as ask do, and do whatever frames say; on 236 in
tune/options.jsonl."""
PAPER_HERE, PAPER_AHEAD = 0.5, 0.1
"""What the margin of a paper counts more where the open step takes it, how much likelier it must be than the next;
on the open set of errands."""
SURELY, MARGIN = -0.2, 3.0
"""Score from which a clause of an errand surely does something, the largest margin below none; on 148 open messages."""
ANOTHER_STEP = 0.25
"""How much likelier another step than none must be told for what is done not to be the last one; on 148 open messages:
of 16 that end an errand one is asked about, of four of testers that did not three are."""
ACT, MAY_BE_DONE = -0.4, -1.2
"""Margin of an act over none from which it holds, and from which a step is asked about; on 120 held-out lines."""
TOLD_RANKED, TOLD_SECTION, TOLD_OTHER, TOLD_WHOLE = 0.25, 0.4, 0.2, 0.2
"""What the logarithm of a section's likelihood near an errand counts beside how near it is to a question, that it is
one, what is taken from one of another matter, and from what a matter is as a whole: of 37 questions of other hands
(tune/errand_questions) 22 are answered by the very section, 12 before, and of 76 of an engineer 57, 48 before."""
TOLD_HERE, TOLD_ASKED, TOLD_BEFORE, TOLD_FRAMED, TOLD_PRICE = 0.05, 0.2, 0.1, 0.2, 0.1
"""What it counts beside how near a text of an errand is that it is of the open step, of what is asked, said before,
what frames find, a price that is not asked; on the same."""
TOLD_AS_WELL, TOLD_LEAST, TOLD_NOWHERE = 0.4, 0.35, 0.6
"""How near is taken for what only frames find, how near what answers must be at all, and where frames find that no
source says it; on the same."""
IN_ERRAND = 0.84
"""Likelihood of danger from which a part of a message that goes on with the open errand tells one all the same; of 708
on sets to tune on, told inside errands, one that no rule finds would go on with it, of .847."""
ASIDE_OTHER = 0.8
"""Likelihood in an errand of another topic from which a question is of that; on ten talks of testers, read by hand."""
TALK, TALK_SURE = 0.1, 0.6
"""Margin over an ordinary message from which words are small talk, and from which they are where a topic answers; on
160 unseen lines (tune/smalltalk.jsonl), of which none is falsely heard, and our questions to tune on."""
OF_TALK = 0.1
"""Margin over a matter from which a message is of the talk itself: a person, in English, shorter, not what was asked;
on 6,920 messages of sets to tune on and talks to learn from, of which 10 of a matter are taken for one."""
BRIEF = 12
"""Words of a message whose explicit words for an act are all that it says; read by hand."""
IN_OWN_WORDS = 0.6
"""Share of a message's telling words that stand in an offered choice; read by hand."""
NEAR_WORD = 5
"""Letters of a word in which one wrong letter is forgiven; read by hand."""
SURE_BESIDE = 0.95
"""Likelihood of what is told beside a question from which it is helped, else asked about; on eight sets to tune on."""
OWN_MATTER = 0.5
"""Likelihood of a topic from which a question in an open danger is an ordinary one; on the talks to learn from."""
WHO_SURE, WHO_LEAST = 0.35, 0.05
"""Margin of the classifier from which the words say who is in danger, and from which they do where no reading does;
on the open conversations in danger, and a third of the lessons of one hand."""
WHO_AFTER_ALL, WHO_AT_ONCE = 2.5, 2.0
"""The same, summed over what is told in an open danger, from which it is another than was heard first, and the most
that one message counts; of 490 such messages to tune on as many are right as without, of 721 of frozen sets 30 more."""
KIND_NEAR, KIND_BESIDE, KIND_AHEAD = -0.3, 0.0, 0.25
"""Score of a kind from which words tell of it by themselves, from which it opens beside another, and how far it stands
ahead of the next; on 94 talks of testers and to tune on, read by hand."""
KIND_CLOSE = 0.1
"""How far ahead of the next a kind of body must be for its first aid; of 150 messages (tune/bodies.jsonl) 120 are right
and 17 another kind's so, 114 and 33 without."""
KIND_FIRST, KIND_FIRST_AHEAD = -0.3, 0.1
"""The same for what a body suffers where no body is in danger yet; on 12 talks of a tester, read by hand."""
KIND_FAINT = 0.05
"""Likelihood of danger below which words tell of no body that suffers yet; of 168 such messages five fall below it."""
KIND_TOLD = 0.8
"""Score of a kind, with its bonus in its category, from which a doubtful danger of it is one; on sets to tune on."""
FAINT = 0.3
"""Likelihood of danger in a message alone, whatever was spoken of, from which it is asked about where nothing answers:
of 173 such in 180 scripts by other hands ten of eleven danger, and one of 115 ordinary ones."""
KIND_ASKED = -0.1
"""Score of a kind, with its bonus, from which the brief words of a doubtful danger's kind follow the question about it:
of 34 checks in 105 scripts by other hands 12 have such a kind, in ten it is what happens."""
KIND_INSTEAD = 0.4
"""How far ahead of the open kind another one of its rank stands that it was all along; on talks to tune on."""
KIND_ANEW = -0.1
"""Score of a kind from which it is told beside the open one, where a danger surely is; on messages in the middle."""
KIND_FAINTLY = -0.8
"""Score of a kind from which what a part of a message hardly tells (`MAY_TELL`) is said: of 33 brief words said below
`TOLD` on sets to tune on 9 were right, of the 8 from here 5; read by hand."""
KIND_LAST = -0.55
"""Score of a kind from which a line of it answers what no other kind does, and a body surely suffers; on 56 talks of
testers -.5. Classes lower all scores: with six more -.55, which of 1,424 reports to tune on changes one, rightly."""
ENDED, ENDED_ASKS, MAY_BE_OVER = -0.35, 0.15, -0.5
"""Margin of an end over none from which it is told, also beside a question, and beside words that put right; on 85
talks to learn from."""
NO_END, NONE_ENDS, END_IN_PART = -1.2, -0.3, 0.3
"""Margin of an end over none below which its frames do not tell it, where no end at all has so much, on 222 ends and 26
of talks to tune on; how much surer a clause must tell it than all: of 595 in the middle it takes 9 more for an end."""
ASKED_IN_IT, ASKED_NEAR, ASKED_LEAST, ASKED_UNMARKED = -0.1, 0.2, -0.6, -0.1
"""Margin of a question over none from which it is asked in an open danger, below the likeliest one up to which it may
be meant, and its least score, also where no word asks; on 481 unseen messages in a danger (tune/asked.jsonl)."""
TOLD, MAY_TELL, TELLS_NEAR = 0.5, 0.1, 0.2
"""Margin over none from which a part surely tells something, whose line goes behind others; from which it tells another
danger, or its line is the first; how far below what a part most likely tells something else is told, too. On 225 that
tell several things (tune/several.jsonl): of the lines .61 answer something told, .54 where all above none was said."""
ASKED_AMONG = 3
"""Among how many questions of its likeliest, by what knows of questions alone, a part must ask what it tells; on 225
that tell several things (tune/several.jsonl): of such lines within it 38 of 49 answer, further down 6 of 17."""
TOLD_FIRST = 1.0
"""The same of a line of a danger to life that goes before the topic that a question is of; on the open scripts of
danger (tune/danger_scripts.jsonl), read by hand."""
TOLD_DYING = -0.05
"""The same of a sign that kills where the danger is a wish to die: pills at hand; on 2,509 messages, read by hand."""
IS_HERE, IS_MOVED, IS_MATTER = -0.3, 0.25, 0.0
"""How much likelier than not the writer is at a place; the same where another country was told before, or it is none of
those that people leave, cross and live in; and their matter is there. On tune/where.jsonl, the last steps with the
figures of both halves."""
IS_IMPLIED = 0.8
"""How much likelier a country is than the next, or than none, that other words than a name tell; on the same."""
IS_ANOTHER = 0.5
"""How much likelier whom a matter is about, their age or status is than what was told before; on the even half of the
180 scripts (tune/where.jsonl: .65 to .68 right; the other half .69 to .70)."""
IS_DENIED = 0.0
"""Margin from which a clause denies something of the answer before; of a hand held out .5 are heard, .86 rightly."""
TURNED = 0.0
"""Margin over none from which a danger is told to have turned; on 150 unseen lines (tune/told.jsonl)."""
READS, READS_MUTE = -0.7, -0.3
"""The same of a phone that is watched, where somebody may do harm, and of who is beside it or writes, after which
hardly anything is said; on 80 unseen lines (tune/beside_phone.jsonl) and 424 of a hand held out."""
FRAMED_ALONE = 8
"""Words of a message below which only frames tell an end ("ya llegué a mi casa"); on the same."""
OVER, OVER_WIDE, OVER_SURE = 0.15, 0.65, 2.0
"""Margin of an end of its kind, and of another kind of its category, from which an open danger is over where only the
classifier hears it; from which it is beside words of what still lacks; on 64 talks to learn from."""
HARDLY_PAST = -0.25
"""Margin below which it is hardly told that all is past, and of an end over half of a hand-over's, below which that is
all that is told; of 137 hand-overs to tune on and of a hand's own 71 are heard, 60 without, of 147 ends as many."""
ENDED_HANDED, FRAMED_HANDED = -0.6, 5
"""The same two once others have the person in their care; on 32 talks to learn from."""
WEAK_IN_A_ROW = 2
"""Weak answers in a row from which a person should look; read by hand."""
SWITCHES, SWITCHES_MIXED = 2, 3.5
"""Words of the other language that change the one we answer in, and where both were spoken in calm; read by hand."""
