"""The ledger as rows. The tables are made by ledger.sql, not by the ORM: a rebuilt table would lose its triggers."""

from __future__ import annotations

from django.db import models


class LedgerEntry(models.Model):
    """One entry; read here, written by `ledger.actions.record` alone."""

    pk = models.CompositePrimaryKey("outlet", "seq")
    outlet = models.CharField(max_length=60)
    seq = models.IntegerField()
    hash = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    act = models.CharField(max_length=30)
    content = models.BinaryField()

    class Meta:
        managed = False
        db_table = "ledger_entry"

    def __str__(self) -> str:
        return f"{self.outlet} {self.seq} {self.act}"
