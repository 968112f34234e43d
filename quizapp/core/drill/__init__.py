"""An interview drill as a value: what is asked, how an answer is judged, what the answers add up to."""
