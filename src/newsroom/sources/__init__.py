"""Sources, captures and their health as rows."""
