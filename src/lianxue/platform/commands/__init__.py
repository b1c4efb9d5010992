"""The sub-commands of `lianxue`, one module each, with `run(arguments) -> exit status`."""
