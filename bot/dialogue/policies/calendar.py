def decide(m, s, state):
    return None
