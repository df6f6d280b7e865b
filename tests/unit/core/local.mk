# tests of unit/core
