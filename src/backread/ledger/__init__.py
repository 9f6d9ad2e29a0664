"""Acts of people and story versions, chained and provable: entries, Merkle tree, checkpoints, receipts."""
