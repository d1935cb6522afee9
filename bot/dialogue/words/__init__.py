"""The words of a message: spelling, stems, sentences, aspects, questions, talk; no model, no state."""
