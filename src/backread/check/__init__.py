"""From a story and captures to findings: CHECKS in the order an editor reads them, one file a check."""
