"""From captures to dossiers: near-duplicates linked and never merged, local relevance and news value with reasons."""
