"""From a dossier to a draft: `rule` without a language model, `prose` with any."""
