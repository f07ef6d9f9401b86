"""Evaluation: questions with gold spans, metrics, the runner and the default set-up it is compared with."""
