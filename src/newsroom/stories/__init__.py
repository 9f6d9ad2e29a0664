"""Dossiers, stories, decisions, and the append-only gate: versions, approvals, publications, withdrawals."""
