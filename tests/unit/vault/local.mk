# tests of unit/vault
