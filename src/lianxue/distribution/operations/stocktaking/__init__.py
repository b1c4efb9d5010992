"""Stock-taking: begin, count, hand over, settle."""
