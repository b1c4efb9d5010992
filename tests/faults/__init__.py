"""What happens when something breaks: crowds, kills in the middle, full disks. `make test-faults` runs it at length."""
