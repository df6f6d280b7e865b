# tests of unit/text
