"""The newsroom: people, roles, rows and screens around the engine. Django lives here and nowhere else."""
