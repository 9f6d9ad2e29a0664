"""Write-once captures addressed by digest, as WARC records, with their visible text kept apart."""
