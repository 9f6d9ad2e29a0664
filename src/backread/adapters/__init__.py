"""The ports made real: the outbound gate, language models, signing. The only room that speaks HTTP."""
