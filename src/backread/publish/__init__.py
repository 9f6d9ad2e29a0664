"""From approved records to files: EXPORTS, written only after everything was verified again."""
