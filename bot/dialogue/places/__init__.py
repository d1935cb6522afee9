"""Towns, states and consulates: which a message names, and which consulate is near."""
