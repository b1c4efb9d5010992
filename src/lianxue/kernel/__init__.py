"""What knows no business noun: flows, rules, events, the audit trail, files, tables, documents, jobs."""
