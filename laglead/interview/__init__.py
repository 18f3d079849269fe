"""The interview: a timed screen in parts, with a vague prompt, a follow-up, a review, and a report at the end."""
