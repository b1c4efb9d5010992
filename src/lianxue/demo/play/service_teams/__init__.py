"""Plays the year of the service teams through the operations: trainings, indicators, appraisal, recommendation."""
