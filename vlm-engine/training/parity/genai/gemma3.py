class Gemma3:
    name = "gemma3"
