"""The screens an editor works at."""
