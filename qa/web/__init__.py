"""The chat page and its server. Only page.py imports gradio, only server.py builds the application."""
