"""The archive for assistants: tools of the Model Context Protocol, over what anybody may see."""
