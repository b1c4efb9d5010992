"""`python -m lianxue.platform` is the `lianxue` command."""

from lianxue.platform.command import main

main()
