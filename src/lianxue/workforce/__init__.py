"""Service teams: training as a record, indicators of a year, appraisal, recommendation, figures of reviewers."""
