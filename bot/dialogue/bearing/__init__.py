"""What a message is to the open topic: it goes on, asks for another one, only tells, objects, or is not ours."""
