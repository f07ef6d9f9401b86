"""Measurements of the running program: time and memory."""
