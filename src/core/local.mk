# see CONTRIBUTING.md: what goes into src/core
include src/core/triage/local.mk
