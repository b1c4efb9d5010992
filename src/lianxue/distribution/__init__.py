"""The spine: rounds, demand, aggregation, allocation, shipments, receipts, stock, loans, issues, reports (S0-*)."""
