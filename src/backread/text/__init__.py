"""Shared language work below the stages: blocks and sentences, quotations, figures, dates, names, alignment, forms."""
