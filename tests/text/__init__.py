"""Tests of the language work below the stages."""
