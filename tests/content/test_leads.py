"""A number's lead stands by itself: what the country or the phase leaves out before it may not be meant by it."""

BARE = ("Si no contesta:", "If there is no answer:")


def test_a_bare_lead_follows_a_number_that_is_shown_wherever_it_is(knowledge):
    for category in knowledge.categories.values():
        before = None
        for one in category.help.contacts:
            if one.lead.es.startswith(BARE) or one.lead.en.startswith(BARE):
                assert before is not None, (category.id, one.contact)
                first, own = knowledge.contacts[before.contact], knowledge.contacts[one.contact]
                assert set(own.works_from) <= set(first.works_from), (category.id, one.contact)
                assert (first.serves, before.not_in) == (own.serves, one.not_in), (category.id, one.contact)
            before = one
