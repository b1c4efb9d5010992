"""Lianxue (联学): one platform for a region's lifelong-learning resources, from a school's need to a learner's hands."""

__version__ = "0.1.0"
