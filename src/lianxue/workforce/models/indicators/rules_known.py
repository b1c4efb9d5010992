"""The rules by which parts are computed, with what may be given to each; how they compute stands in ``queries``."""

from lianxue.workforce.enums import TrainingLevel, TrainingTopic, TrainingWay

_TRAINING = {
    "level": frozenset(TrainingLevel.values),
    "topics": frozenset(TrainingTopic.values),
    "way": frozenset(TrainingWay.values),
}

# name -> key that may be given -> words that are possible
RULES: dict[str, dict[str, frozenset[str]]] = {
    "trainings_attended": _TRAINING,
    "trainings_organised": _TRAINING,
    "trainings_given": _TRAINING,
    "reviews_in_time": {},
    "positive_ratings": {},
}
