"""The append-only ledger as rows, written in the transaction of the act."""
