# tests of unit/triage
