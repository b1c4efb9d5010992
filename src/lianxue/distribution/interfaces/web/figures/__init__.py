"""Pages of figures: how far copies reach, how much of what was asked for comes, how fast, how used, how evenly."""
