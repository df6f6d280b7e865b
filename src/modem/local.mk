# see CONTRIBUTING.md: what goes into src/modem
