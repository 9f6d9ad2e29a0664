"""Tests of the gather room."""
